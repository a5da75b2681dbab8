/**
 * The JSON object in what a model wrote: bare, in a fence, after its thoughts, with prose around, with commas too many.
 * Nothing is made up: an object that ends before it is complete is none. Linear in the length of the text.
 */

export type LooseJson = { value: unknown } | { fault: string }

/** The largest object of a text; where all of the text is JSON, that, whatever it is. */
export function findObject(text: string): LooseJson {
  const all = parse(text.trim())
  if (all !== undefined) return { value: all.value }
  const spoken = withoutThoughts(text)
  const { objects, isCut } = objectsIn(spoken)
  let largest: { value: unknown; length: number } | undefined
  for (const object of objects) {
    if (largest !== undefined && object.length <= largest.length) continue
    const parsed = parse(object) ?? parse(withoutTrailingCommas(object))
    if (parsed !== undefined) largest = { value: parsed.value, length: object.length }
  }
  if (isCut) return { fault: 'The JSON object ends before it is complete.' }
  if (largest !== undefined) return { value: largest.value }
  return {
    fault: objects.length === 0 ? 'There is no JSON object.' : 'What looks like a JSON object is no valid JSON.',
  }
}

/** The thoughts of a reasoning model, whose template may have opened them itself. */
function withoutThoughts(text: string): string {
  const start = text.trimStart()
  if (/^(?:\{|```)/.test(start)) return text
  const end = text.indexOf('</think>')
  if (end !== -1) return text.slice(end + '</think>'.length)
  return start.startsWith('<think>') ? '' : text
}

/** What starts like an object (a brace, then a quote or a brace) up to the brace that closes it. */
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

/** Behind the closing brace. */
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

/** Of the quote that ends it, or of the text. */
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
