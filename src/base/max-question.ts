/** Maximum number of characters of a question about a repository. */
export const MAX_QUESTION = 2_000
