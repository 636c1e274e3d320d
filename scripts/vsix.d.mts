export function packedExtension(packagePath: string): Promise<void>;
