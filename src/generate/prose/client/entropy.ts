/** Detects text that looks like a random key rather than a word, name, URL or number. */

/** Shannon entropy in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** Whether a value with a known prefix is random: long, letters mixed with digits, not made of words. */
export function isRandom(value: string): boolean {
  return (
    value.length >= 16 && digitsIn(value) >= 2 && /[A-Za-z]/.test(value) && entropyOf(value) >= 3 && !isWords(value)
  )
}

/**
 * For values after a name such as `password`.
 *
 * @param isQuoted - An unquoted value may be an identifier, so it must look more random.
 */
export function isPassword(value: string, isQuoted: boolean): boolean {
  if (PLACEHOLDER.test(value) || isWords(value) || isPath(value)) return false
  const digits = digitsIn(value)
  if (!isQuoted && NAME.test(value) && (value.length < 20 || digits < 3)) return false
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9_.-]/].filter((each) => each.test(value)).length
  if (value.length < 16) return classes >= 3 && entropyOf(value) >= 2.75
  if (!/[A-Za-z]/.test(value) || entropyOf(value) < 3) return false
  if (digits >= 2) return classes >= 2
  return classes >= 3 && digits + value.replace(isQuoted ? NOT_SYMBOLS : NOT_RARE_SYMBOLS, '').length >= 2
}

/** Long values may be class names or routes with one such character: `Admin::Passwords#editForm`. */
const NOT_SYMBOLS = /[^!-,;-@^`|~]/g
/** Without quotes, `&`, `=`, `?` and `|` are mostly operators. */
const NOT_RARE_SYMBOLS = /[^!#$%^*~@]/g

const digitsIn = (text: string): number => text.replace(/[^0-9]/g, '').length

/** An identifier, or a member: `process.env.API_TOKEN_2`. */
const NAME = /^[A-Za-z_$][\w$]*(?:(?:\.|\?\.|::|->)[A-Za-z_$][\w$]*)*[!?;]?$/

/** A variable may be followed by text; a password may begin with the same character: `$Xk9!mQ2zLq`. */
const PLACEHOLDER =
  /^\${1,2}[a-z_]\w*(?:$|[^\w!#$%^*~@])|^%[\w.:-]+%|^\*[\w.:>*/-]*;?$|\$\{|\{\{|%[sdv]|example|placeholder|change[_-]?me|your[_-]|x{4,}|\.\.\.|\*{3,}|redacted|dummy|\[secret\]|1234567890|abcdef/i

/** `sk-loading-spinner-2`, `refresh_token_v2`: parts that are words or small numbers. */
function isWords(value: string): boolean {
  const parts = value.split(/[-_.:/ ]/)
  return parts.length > 1 && parts.every((part) => /^(?:[A-Za-z]{0,20}\d{0,2}|\d{1,4})$/.test(part) && !isMixed(part))
}

/** Whether a part has several inner capitals, so that it is not a word in a name with separators. */
const isMixed = (part: string): boolean => part.length > 8 && /[a-z][A-Z].*[a-z][A-Z]/.test(part)

/** A path, a URL or a media type. A key in base64 may begin with `/`. */
const isPath = (value: string): boolean =>
  (/^(?:\.{0,2}\/|~\/|[a-z]+:\/\/|[A-Za-z]:\\|@[\w-]+\/)/.test(value) &&
    !(value.startsWith('/') && value.split('/').some(isBase64))) ||
  /\.(?:[jt]sx?|json|ya?ml|py|go|rb|rs|md|txt|pem|crt|html?|css|com|org|io)$/.test(value)

const isBase64 = (part: string): boolean =>
  /^[A-Za-z0-9+]+={0,2}$/.test(part) &&
  /\d\D+\d/.test(part) &&
  /[a-z]/.test(part) &&
  /[A-Z]/.test(part) &&
  isRandom(part)
