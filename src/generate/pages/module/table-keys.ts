/** Reads the keys of a table in a constant, or the items of a list, in languages with braces and brackets. */

const MAX_LINES = 600
const MAX_LINE = 300
const MAX_KEYS = 200
const KEY = /^(?:(['"`]?)([\w.$/-]{1,60})\1\s{0,9}(?::(?!:)|=>|=(?!=))|:(\w{1,60})\s{0,9}=>)/
const ITEM = /^(?:(['"`])([^'"`]{1,60})\1|:?([A-Z_a-z][\w.]{0,60}))\s{0,9}(?:,|[\]})]|$)/

/** Top-level keys only; empty if the value is not a table. */
export function tableKeys(lines: readonly string[]): string[] {
  const text = lines
    .slice(0, MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE))
    .filter((line) => !/^\s*(?:#(?!\[)|\/\/|\*|\/\*)/.test(line))
    .join('\n')
  const open = /[=:]>? ?(?:[\w.]{1,60} ?)?[[{(]/.exec(text)
  if (open === null) return []
  const keys: string[] = []
  let depth = 0
  let isStart = false
  for (let at = open.index + open[0].length - 1; at < text.length && keys.length < MAX_KEYS; at++) {
    const sign = text[at] ?? ''
    if (/\s/.test(sign)) continue
    if (isStart && depth === 1) {
      const rest = text.slice(at, at + MAX_LINE)
      const [, , key, symbol] = KEY.exec(rest) ?? []
      const [, , item, name] = key === undefined && symbol === undefined ? (ITEM.exec(rest) ?? []) : []
      const found = key ?? symbol ?? item ?? name
      if (found !== undefined) keys.push(found)
    }
    isStart = false
    if (sign === '"' || sign === "'" || sign === '`') {
      const end = text.indexOf(sign, at + 1)
      if (end < 0) break
      at = end
    } else if ('[{('.includes(sign)) {
      depth++
      isStart = true
    } else if (']})'.includes(sign)) {
      if (--depth <= 0) break
    } else if (sign === ',') isStart = true
  }
  return [...new Set(keys)]
}
