/** Letters and digits of a name in lower case, for comparisons: `Rack::Test` and `rack-test` are equal. */
export const comparableName = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
