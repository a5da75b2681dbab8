/** Splits the output of a model into sentences with their citations, while it arrives. */

/** A citation as the model writes it. */
export interface RawCitation {
  file: string
  from: number
  to: number
}

export interface RawSentence {
  /** Without citations. */
  text: string
  citations: RawCitation[]
  startsParagraph: boolean
}

/** Longer text without an end counts as one sentence, which the check rejects. */
const MAX_SENTENCE = 2_000
/** One bracket with one or more citations: `[src/app.py:3-9]`, `[a.py:1, b.py:L2-L4]`. */
const BRACKET = /\s{0,3}\[([^[\]\n]{1,600})\]/g
const CITED = /^`?([^\s`:][^`:]{0,300}):L?(\d{1,7})(?:\s?[-–—]\s?L?(\d{1,7}))?`?$/
const LIST_MARK = /^\s{0,8}(?:[-*+•]|\d{1,2}[.)])\s+/
const LIST_NUMBER = /^\s*\d{1,2}\.$/
/** The end of a sentence, with closing quotes and emphasis. */
const STOP = /[.!?…][*_"')\]”’»]{0,4}(?=\s|\[|$)|[。！？]/g
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|resp|z\.B|d\.h|bzw|p\.ex)\.$/i

export class SentenceReader {
  #text = ''
  #isAtLine = true
  /** The next sentence begins a paragraph. */
  #isNewParagraph = true
  #isThinking: boolean | undefined

  /** The text of the sentence that has not ended yet. */
  get pending(): string {
    return this.#text
  }

  /** @returns The sentences that are complete. */
  push(text: string): RawSentence[] {
    this.#text += text.replace(/\r\n?/g, '\n')
    if (this.#isThinking !== false && !this.#skipThoughts()) return []
    return this.#take(false)
  }

  /** @returns The remaining sentences, at the end of the text. */
  end(): RawSentence[] {
    return this.#isThinking === true ? [] : this.#take(true)
  }

  /** Some models think aloud first, between tags. @returns Whether the answer has begun. */
  #skipThoughts(): boolean {
    const start = this.#text.trimStart()
    if (this.#isThinking === undefined && '<think>'.startsWith(start.slice(0, 7)) && start.length < 7) return false
    this.#isThinking ??= start.startsWith('<think>')
    if (!this.#isThinking) return true
    const end = this.#text.indexOf('</think>')
    // The tag itself may arrive in pieces.
    if (end === -1) this.#text = `<think>${this.#text.slice(-8)}`
    else {
      this.#text = this.#text.slice(end + 8).trimStart()
      this.#isThinking = false
    }
    return end !== -1
  }

  #take(isEnd: boolean): RawSentence[] {
    const taken: RawSentence[] = []
    for (let end = endOf(this.#text, isEnd); end !== undefined; end = endOf(this.#text, isEnd)) {
      const written = this.#text.slice(0, end)
      const isLineEnd = written.endsWith('\n')
      this.#text = this.#text.slice(end)
      const sentence = this.#read(written)
      if (sentence !== undefined) taken.push(sentence)
      if (isLineEnd) {
        this.#isAtLine = true
        this.#isNewParagraph = true
      }
    }
    return taken
  }

  #read(written: string): RawSentence | undefined {
    const { text, citations } = splitCitations(this.#isAtLine ? written.replace(LIST_MARK, '') : written)
    if (text === '' && citations.length === 0) return undefined
    const startsParagraph = this.#isNewParagraph
    this.#isAtLine = false
    this.#isNewParagraph = false
    return { text, citations, startsParagraph }
  }
}

/** Where the first sentence ends; `undefined` while it continues. Citations after the full stop are part of it. */
function endOf(text: string, isEnd: boolean): number | undefined {
  if (text === '') return undefined
  const line = text.indexOf('\n')
  // A model may never end a sentence.
  const scope = (line === -1 ? text : text.slice(0, line + 1)).slice(0, 2 * MAX_SENTENCE)
  for (const { index, 0: stop } of scope.matchAll(STOP)) {
    const end = index + stop.length
    const before = scope.slice(0, index + 1)
    if (isWithin(before) || ABBREVIATION.test(before.slice(-12)) || LIST_NUMBER.test(before)) continue
    const after = afterCitations(scope, end)
    // A citation has not ended, or it is not clear yet whether the sentence has.
    if (after === undefined) break
    const rest = scope.slice(after)
    if (rest.trim() === '' && line === -1 && !isEnd) break
    if (rest.trim() !== '' && !/^\s*[\p{Lu}\p{Lo}\p{N}"'“‘«(`*_]/u.test(rest) && !/[。！？]/.test(stop)) continue
    return rest.trim() === '' ? scope.length : after
  }
  if (line !== -1) return line + 1
  return isEnd || text.length > MAX_SENTENCE ? text.length : undefined
}

/** Whether the text ends between backticks, or in the bracket of a citation. */
function isWithin(text: string): boolean {
  const ticks = text.match(/`/g)?.length ?? 0
  return ticks % 2 === 1 || text.lastIndexOf('[') > text.lastIndexOf(']')
}

function afterCitations(text: string, from: number): number | undefined {
  let at = from
  for (;;) {
    const [space = ''] = /^ */.exec(text.slice(at, at + 20)) ?? []
    if (text[at + space.length] !== '[') return at
    const end = text.indexOf(']', at + space.length)
    if (end === -1) return undefined
    at = end + 1
    // A full stop after the citation belongs to it.
    if (/^[.。]/.test(text.slice(at, at + 1))) at += 1
  }
}

function splitCitations(written: string): { text: string; citations: RawCitation[] } {
  const citations: RawCitation[] = []
  const text = written.replace(BRACKET, (all, inside: string) => {
    const cited = inside.split(/[;,]\s*/).map((part) => CITED.exec(part.trim()))
    if (cited.some((match) => match === null)) return all
    for (const match of cited) {
      const [, file = '', from = '', to = from] = match ?? []
      citations.push({ file: file.replace(/^\.\//, ''), from: Number(from), to: Number(to) })
    }
    return ''
  })
  return {
    text: text
      .trim()
      .replace(/\s{1,9}([.!?])$/, '$1')
      .replace(/([.!?])\1$/, '$1'),
    citations,
  }
}
