/** Tells full URLs from short names of repositories. */

/** Whether a text begins with a scheme: `https://…`. */
export const isFullUrl = (text: string): boolean => /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)
