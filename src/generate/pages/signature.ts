/** Long signatures on several lines: one parameter a line. */

const MAX_LINE = 90
const OPEN = '([{'
const CLOSE = ')]}'

/** The signature as it is, or broken after the first open parenthesis when it is long and its brackets are balanced. */
export function wrapSignature(signature: string): string {
  if (signature.length <= MAX_LINE) return signature
  const start = parameterStart(signature)
  if (start === -1) return signature
  const parts: string[] = []
  let depth = 0
  let from = start + 1
  for (let at = start; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    const isArrow = sign === '>' && (signature[at - 1] === '=' || signature[at - 1] === '-')
    if (OPEN.includes(sign) || sign === '<') depth += 1
    else if (CLOSE.includes(sign) || (sign === '>' && !isArrow)) depth -= 1
    if (depth < 0) return signature
    if (depth === 1 && sign === ',') {
      parts.push(signature.slice(from, at))
      from = at + 1
    }
    if (depth > 0) continue
    const last = signature.slice(from, at).trim()
    const lines = [...parts, last].map((part) => part.trim()).filter((part) => part !== '')
    if (lines.length === 0) return signature
    return `${signature.slice(0, start + 1)}\n${lines.map((line) => `  ${line},`).join('\n')}\n${signature.slice(at)}`
  }
  return signature
}

/** The parenthesis of the parameters: the first that is in no other bracket. */
function parameterStart(signature: string): number {
  let depth = 0
  for (let at = 0; at < signature.length; at++) {
    const sign = signature[at] ?? ''
    if (sign === '(' && depth === 0) return at
    if (OPEN.includes(sign) || sign === '<') depth += 1
    else if (CLOSE.includes(sign) || (sign === '>' && signature[at - 1] !== '=' && signature[at - 1] !== '-'))
      depth -= 1
  }
  return -1
}
