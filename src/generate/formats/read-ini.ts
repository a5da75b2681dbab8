/** Reads the sections of an INI file as Python's configparser does: `key = value`, continued on indented lines. */

export interface Setting {
  /** Continuation lines keep their line breaks, so that line `n` of the text is line `startLine + n` of the file. */
  text: string
  startLine: number
  endLine: number
}

const MAX_CHARACTERS = 200_000

export function readSections(text: string): Map<string, Map<string, Setting>> {
  const sections = new Map<string, Map<string, Setting>>()
  let section = new Map<string, Setting>()
  let open: Setting | undefined
  for (const [index, raw] of text.slice(0, MAX_CHARACTERS).split('\n').entries()) {
    const line = raw.trimEnd()
    if (/^\s*[#;]/.test(line)) {
      if (open !== undefined) open.text += '\n'
    } else if (line === '' || /^\s/.test(line)) {
      if (open !== undefined) open.text += `\n${line.trim()}`
      if (open !== undefined && line !== '') open.endLine = index + 1
    } else if (line.startsWith('[') && line.endsWith(']')) {
      const name = line.slice(1, -1)
      section = sections.get(name) ?? new Map<string, Setting>()
      sections.set(name, section)
      open = undefined
    } else {
      const separator = line.search(/[=:]/)
      open =
        separator < 0 ? undefined : { text: line.slice(separator + 1).trim(), startLine: index + 1, endLine: index + 1 }
      if (open !== undefined) section.set(line.slice(0, separator).trim().toLowerCase(), open)
    }
  }
  return sections
}
