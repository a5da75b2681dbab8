/** Parses a Dockerfile into instructions, with continued lines joined, and without comments and here-documents. */

export interface Instruction {
  /** The name in upper case. */
  name: string
  /** Its arguments, on one line. */
  rest: string
  startLine: number
  endLine: number
}

const MAX_LINES = 20_000

export function readInstructions(text: string): Instruction[] {
  const escapeSign = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 500)) ? '`' : '\\'
  const found: Instruction[] = []
  let open: Instruction | undefined
  const lines = text.split('\n', MAX_LINES)
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    if (line.startsWith('#') || (line === '' && open !== undefined)) continue
    const isContinued = line.endsWith(escapeSign)
    const content = isContinued ? line.slice(0, -1) : line
    if (open === undefined) {
      const [, name, rest = ''] = /^([A-Za-z]+)(?:\s+(.*))?$/s.exec(content) ?? []
      if (name === undefined) continue
      open = { name: name.toUpperCase(), rest, startLine: at + 1, endLine: at + 1 }
    } else open.rest += ` ${content}`
    open.endLine = at + 1
    if (isContinued) continue
    const isText = open.name === 'RUN' || open.name === 'COPY' || open.name === 'ADD'
    for (const [, , delimiter] of isText ? open.rest.matchAll(/<<-?(["']?)(\w+)\1/g) : []) {
      while (++at < lines.length && (lines[at] ?? '').trim() !== delimiter) open.endLine = at + 1
      open.endLine = Math.min(at + 1, lines.length)
    }
    found.push(open)
    open = undefined
  }
  return open === undefined ? found : [...found, open]
}

/** The strings of a JSON list; `undefined` when it is not one. */
export function listOf(rest: string): string[] | undefined {
  if (!rest.trimStart().startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(rest)
    return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined
  } catch {
    return undefined
  }
}
