/** As much of TOML and INI as manifests need: sections and their `key = "text"` lines. Not a parser of the language. */

/** Values by section (`tool.poetry.scripts`) and key; what is not text on one line is `''`. */
export function readSections(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let current = new Map<string, string>()
  sections.set('', current)
  for (const line of text.slice(0, 200_000).split('\n')) {
    const section = /^\s*\[{1,2}([^\]]{1,200})\]{1,2}\s*(?:#.*)?$/.exec(line)?.[1]?.trim()
    if (section !== undefined) {
      const name = section.replace(/"/g, '')
      current = sections.get(name) ?? new Map<string, string>()
      sections.set(name, current)
      continue
    }
    const pair = /^\s*(?:"([^"]{1,200})"|([\w.-]{1,200}))\s*[=:](.*)$/.exec(line)
    const key = pair?.[1] ?? pair?.[2]
    if (key === undefined || current.has(key)) continue
    const value = (pair?.[3] ?? '').trim()
    const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(value)
    current.set(key, quoted === null ? (/^[{["']/.test(value) ? '' : value) : (quoted[1] ?? quoted[2] ?? ''))
  }
  return sections
}
