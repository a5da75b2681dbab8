/** The replacement for a secret. */
export const SECRET = '[secret]'
