/** A repository of payloads, and what else a request may carry them in. Each place has a word of its own beside the payload. */

/** Of one folder: as many as the first words of a README have room for. */
const PER_FOLDER = 40
/** What file systems take, with room for an ending. Bytes. */
const MAX_NAME = 240
const FOLDERS_OF_NAMES = 5
/** Of a note that the repository has for its readers. Characters. */
const MAX_NOTE = 3_900

export interface Payload {
  text: string
  number: number
}

export type Place = 'readme' | 'note' | 'comment' | 'name' | 'model'

/** Tells that a place of a page holds what stands beside it. */
export const markOf = (place: Place, { number }: Payload): string => `x${place}${number}x`

/** The marks of a page. */
export const marksIn = (html: string): string[] => html.match(/x(?:readme|note|comment|name|model)\d+x/g) ?? []

/** Texts of at most so many characters, each of as many payloads as it has room for. */
export function inChunks(texts: readonly string[], maxChars: number, between = ' '): string[] {
  const chunks: string[] = []
  for (const text of texts) {
    const last = chunks.at(-1)
    if (last !== undefined && last.length + between.length + text.length <= maxChars)
      chunks[chunks.length - 1] = last + between + text
    else if (text.length <= maxChars) chunks.push(text)
  }
  return chunks
}

export function filesOf(payloads: readonly Payload[]): Record<string, string> {
  const files: [string, string][] = []
  for (let at = 0; at < payloads.length; at += PER_FOLDER) {
    const some = payloads.slice(at, at + PER_FOLDER)
    const folder = `part${String(at / PER_FOLDER).padStart(3, '0')}`
    files.push([`${folder}/README.md`, readmeOf(some)])
    const ofParity = (parity: number): Payload[] => some.filter((_, index) => index % 2 === parity)
    files.push([`${folder}/python.py`, ofParity(0).map(inPython).join('\n\n')])
    files.push([`${folder}/script.ts`, ofParity(1).map(inTypeScript).join('\n\n')])
  }
  const names = inChunks(
    payloads.map((one) => `${markOf('name', one)}${nameable(one.text)}`).filter(isShort),
    MAX_NAME - 40,
  ).filter(isShort)
  for (let at = 0; at < names.length; at += FOLDERS_OF_NAMES) {
    files.push([
      `names/${names.slice(at, at + FOLDERS_OF_NAMES).join('/')}.py`,
      `def named${at}():\n    """Is named."""\n`,
    ])
  }
  const notes = payloads.map((one, index) => `${markOf('note', one)} ${formOf(one.text, index)}`)
  const steering = { notes: inChunks(notes, MAX_NOTE, '\n\n') }
  files.push(['docspool.json', JSON.stringify(steering)])
  return { 'README.md': readmeOf(payloads.slice(0, PER_FOLDER)), ...Object.fromEntries(files) }
}

const isShort = (name: string): boolean => Buffer.byteLength(name) <= MAX_NAME

/** Slashes part folders; what no line shows is no part of a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
const nameable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, '').replaceAll('/', ' ')

/** Within the first paragraph, then each in a form of Markdown. */
function readmeOf(payloads: readonly Payload[]): string {
  const first = payloads.map((one) => `${markOf('readme', one)} ${oneLine(one.text)}`).join(' ')
  const rest = payloads.map((one, index) => formOf(one.text, index))
  return `# Payloads\n\nThis part holds words that others wrote. ${first}\n\n${rest.join('\n\n')}\n`
}

function formOf(text: string, index: number): string {
  const line = oneLine(text)
  const target = line.replace(/[<>\n]/g, '')
  return (
    [
      text,
      `a word ${text}`,
      `[a link](<${target}>)`,
      `![an image](<${target}>)`,
      `## ${line}`,
      `- ${line}`,
      `| ${line} |\n| --- |`,
    ][index % 7] ?? text
  )
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function inPython(payload: Payload, index: number): string {
  const text = `${markOf('comment', payload)} ${formOf(payload.text.replaceAll('"""', "'''"), index % 4)}`
  return `def of${payload.number}():\n    r"""${text.replaceAll('\n', '\n    ')}\n    """\n`
}

function inTypeScript(payload: Payload, index: number): string {
  const text = `${markOf('comment', payload)} ${formOf(payload.text.replaceAll('*/', '* /'), index % 4)}`
  return `/**\n * ${text.replaceAll('\n', '\n * ')}\n */\nexport function of${payload.number}(): void {}\n`
}
