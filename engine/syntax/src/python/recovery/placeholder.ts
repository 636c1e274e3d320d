/** What stands for a value that is missing or can't be read. A letter that no program uses; the readers turn it into `broken`. */
export const placeholder = "\uA66E";
