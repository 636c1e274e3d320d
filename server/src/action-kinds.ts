/** Fixes over the whole workspace. Not below `source.fixAll`: saving one file, which may run that, must not change others. */
export const FIX_WORKSPACE = "source.charmMesh.fixWorkspace";
