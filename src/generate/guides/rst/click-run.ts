/** The commands that `click:run` of pallets_sphinx_themes runs; their output is not known. */

/** A call on one line: the command, then its other arguments. */
const INVOKE = /^invoke\((\w{1,80})(?:, ?(.{1,300}))?\)$/
const ARGS = /^(?:args=)?\[([^[\]]{0,300})\]/
const PROGRAM = /\bprog_name=["']([^"']{1,100})["']/
/** A literal without escapes. */
const WORD = /^\s{0,4}(?:"([^"\\]{0,200})"|'([^'\\]{0,200})')\s{0,4}$/
const PLAIN = /^[\w@%+=:,./-]+$/

/** `$ hello --help` of `invoke(hello, args=['--help'])`. Calls whose environment or arguments are not literals are left out. */
export function commandsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, name = '', rest = ''] = INVOKE.exec(line.trim()) ?? []
    if (name === '' || /\b(?:env|default_map|auto_envvar_prefix)=/.test(rest)) return []
    const args = rest.includes('args=') ? rest.slice(rest.indexOf('args=')) : rest
    const [, listed] = ARGS.exec(args) ?? []
    if (listed === undefined && /^(?:\[|args=)/.test(args)) return []
    const words = (listed ?? '')
      .split(',')
      .filter((word) => word.trim() !== '')
      .map((word) => WORD.exec(word))
    if (words.some((word) => word === null)) return []
    const program = PROGRAM.exec(rest)?.[1] ?? name.replaceAll('_', '-')
    return `$ ${[program, ...words.map((word) => quoted(word?.[1] ?? word?.[2] ?? ''))].join(' ')}`
  })
}

const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`)
