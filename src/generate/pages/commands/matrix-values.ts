/** What the matrix of a CI file puts into its commands: `./gradlew ${{ matrix.args }}`, the value for Linux where each system has its own. */

/** Of another system, where the entry says so: `windows-latest`. */
const OTHERS = /\b(?:windows|macos|osx|darwin)\b/i
const LINUX = /\b(?:linux|ubuntu)\b/i
const USED = /\$\{\{ {0,4}matrix\.([\w-]{1,60}) {0,4}\}\}/g
/** Lines of one value, and of one entry of a matrix. */
const MAX_LINES = 30
const MAX_ENTRY = 40

/** With the values that the file writes out; what it puts together stays as it is. */
export function withMatrixValues(run: string, source: readonly string[]): string {
  return run.replace(USED, (all, name: string) => valueIn(source, name) ?? all).trimEnd()
}

function valueIn(source: readonly string[], name: string): string | undefined {
  const found: { value: string; isOfLinux: boolean; isOfOthers: boolean }[] = []
  for (const [at, line] of source.entries()) {
    const plain = line.trimStart().replace(/^- /, '')
    const key = ['', '"', "'"].map((quote) => `${quote}${name}${quote}:`).find((one) => plain.startsWith(one))
    const lead = line.length - plain.length
    const value = key === undefined ? undefined : scalarAt(source, at, lead, plain.slice(key.length))
    if (value === undefined || /[${}]/.test(value)) continue
    const entry = entryAround(source, at, lead)
    const isOfLinux = entry.some((one) => LINUX.test(one))
    found.push({ value, isOfLinux, isOfOthers: !isOfLinux && entry.some((one) => OTHERS.test(one)) })
  }
  const [first] = found
  // Where only entries of other systems have one, it is empty here.
  if (first !== undefined && found.every(({ isOfOthers }) => isOfOthers) && source.some((line) => LINUX.test(line)))
    return ''
  return (found.find(({ isOfLinux }) => isOfLinux) ?? first)?.value
}

/** On its line, the first of a list, or folded below it. */
function scalarAt(source: readonly string[], at: number, margin: number, rest: string): string | undefined {
  const plain = (rest.split(' #', 1)[0] ?? '').trim()
  if (/^[>|][+-]?$/.test(plain)) {
    const below: string[] = []
    for (const line of source.slice(at + 1, at + 1 + MAX_LINES)) {
      if (line.trim() !== '' && line.length - line.trimStart().length <= margin) break
      below.push(line.trim())
    }
    return below.join(' ').trim()
  }
  const inList = plain.startsWith('[') ? plain.slice(1).split(/[,\]]/, 1)[0] : undefined
  const [, below] = plain === '' ? (/^\s*- ([^:#]{1,80})$/.exec(source[at + 1] ?? '') ?? []) : []
  const value = (inList ?? below ?? plain).trim().replace(/^(["'])(.*)\1$/, '$2')
  return value === '' || value.startsWith('[') ? undefined : value
}

/** The lines of the entry of a list that a line is in, the line alone where it is in none. */
function entryAround(source: readonly string[], at: number, margin: number): string[] {
  const isItem = (line: string): boolean => /^\s*- /.test(line) && line.indexOf('- ') < margin
  let from = at
  while (from > 0 && at - from < MAX_ENTRY && !isItem(source[from] ?? '')) from--
  if (!isItem(source[from] ?? '')) return source.slice(at, at + 1)
  let to = at + 1
  while (to < source.length && to - at < MAX_ENTRY && !isItem(source[to] ?? '')) to++
  return source.slice(from, to)
}
