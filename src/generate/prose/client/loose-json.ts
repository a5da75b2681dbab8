/**
 * Extracts a JSON object from a model's text: bare, in a fence, after reasoning, surrounded by prose, with trailing
 * commas. Nothing is completed: a truncated object is an error. Linear in the length of the text.
 */

export type LooseJson = { value: unknown } | { fault: string }

/** The whole text if it is JSON of any kind, else its largest object. */
export function findObject(text: string): LooseJson {
  const all = parse(text.trim())
  if (all !== undefined) return { value: all.value }
  const answer = withoutReasoning(text)
  const { objects, isCut } = objectsIn(answer)
  let largest: { value: unknown; length: number } | undefined
  for (const object of objects) {
    if (largest !== undefined && object.length <= largest.length) continue
    const parsed = parse(object) ?? parse(withoutTrailingCommas(object))
    if (parsed !== undefined) largest = { value: parsed.value, length: object.length }
  }
  if (isCut) return { fault: 'The JSON object is incomplete.' }
  if (largest !== undefined) return { value: largest.value }
  return {
    fault: objects.length === 0 ? 'There is no JSON object.' : 'The JSON object is not valid JSON.',
  }
}

/** Removes the output of reasoning models before the answer; its opening tag may be part of the chat template. */
function withoutReasoning(text: string): string {
  const start = text.trimStart()
  if (/^(?:\{|```)/.test(start)) return text
  const end = text.indexOf('</think>')
  if (end !== -1) return text.slice(end + '</think>'.length)
  return start.startsWith('<think>') ? '' : text
}

/** Candidates: from a brace followed by a quote or a brace, to the matching brace. */
function objectsIn(text: string): { objects: string[]; isCut: boolean } {
  const objects: string[] = []
  const start = /\{\s{0,1000}["}]/g
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const end = endOfObject(text, match.index)
    if (end === undefined) return { objects, isCut: true }
    objects.push(text.slice(match.index, end))
    start.lastIndex = end
  }
  return { objects, isCut: false }
}

/** The position after the closing brace. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN) depth += 1
    else if (code === CLOSE && --depth === 0) return at + 1
  }
  return undefined
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/** The position of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

function withoutTrailingCommas(json: string): string {
  let kept = ''
  let from = 0
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at]
    if (char === '"') at = endOfString(json, at)
    else if (char === ',') {
      let next = at + 1
      while (next < json.length && ' \t\r\n'.includes(json.charAt(next))) next += 1
      if (json[next] === '}' || json[next] === ']') {
        kept += json.slice(from, at)
        from = at + 1
      }
      at = next - 1
    }
  }
  return kept + json.slice(from)
}

function parse(json: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) }
  } catch {
    return undefined
  }
}
