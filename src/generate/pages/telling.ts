/** Recognises sentences that describe something, unlike tasks, pointers, questions, banners and announcements of omitted content. */

import type { PhrasingContent } from 'mdast'
import { plainText } from '#markdown/build.ts'
import { isRepeated } from './distinct-words.ts'
import { afterFirstSentence, firstSentence } from './first-sentence.ts'
import { docSentence } from './writing.ts'

/** Matches the start of a note to developers, or to those who should not change the code. */
const NOTE_TO_DEVELOPERS =
  /^\P{L}*(?:todo|to do(?=:)|nb\b|fixme|xxx|hack|nocommit|please|welcome(?! (?:e-?mails?|messages?|pages?|screens?)\b)|check out|internal docs?(?:umentation)? (?:for|of)|quoted? from|the (?:apache|bsd|gpl|isc|mit) licen[cs]e\b|pro-?tip|we (?:also|can|do|don['’]t|have|ignore|must|need|should|use|want)|(?:should|must) (?:be no\b|not import)|(?:keep|leave) (?:in sync|this|these)|this (?:is|repository is) an? (?:read-?only )?(?:sub-?(?:tree )?split|mirror)|this file is exec(?:file|uted)|i (?:am|do|don['’]t|have|need|think|use|want)|see|refer to|the following|(?:ref(?:erence)?s?|rfc|source code|sources?|spec(?:ification)?s?)(?=:)|for more|copyright|\(c\)|licen[cs]ed?|spdx|(?:eslint|jshint|prettier|pylint|rubocop|shellcheck)(?:[-:]|\s\w+[=:])|compdef|(?:(?:this )?(?:code|file) (?:(?:is|was) )?)?(?:auto(?:matically)?[- ]?)?generated|do not (?:call|edit|modify)|never (?:ever )?(?:call|edit|modify|use)|in this (?:directory|folder),? you (?:can|will) find|here (?:are|you (?:can|will) find)|this (?:directory|folder|page|section) (?:contains|has|holds|lists) (?:some |all |the |various |(?:an? )?list of )?examples?)\b/iu
/** Matches settings of an editor or a parser: `vim: ts=2`, `-*- mode: c -*-`, `frozen-string-literal: true`. */
const MODELINE =
  /^\P{L}*(?:(?:vim?|ex): ?(?:set? |\w+=)|(?:mode|coding|tab-width|encoding|frozen[-_]string[-_]literal|warn[-_]indent|typed):)/iu
/** `WARNING: This may change.` */
const CAUTION =
  /^\P{L}*(?:(?:warning|caution|attention|danger|important|note|nb|n\.b)\b(?:\W{0,4}[:!,]| [-–—] )|it is (?:important|worth) (?:noting|to note)\b)/iu
/** Matches usage, which is often code, or its heading: `Usage: require "orbit"`, `Example usages...` */
const USAGE =
  /^\P{L}*(?:usage|examples?|synopsis)\b\W{0,4}:|^\P{L}*(?:(?:basic|common|simple|some|typical) ){0,2}(?:usages?|usage examples?|examples?(?: of use| usages?)?)\W{0,4}$/iu
/** Matches a remark on the implementation; the next sentence may state the purpose. */
const REMARK =
  /^\P{L}*(?:although\b|note that|implementation (?:details?|notes?)\b|(?:(?:an?|the|this) )?\S{1,60} (?:class |instance |object )?(?:are|is) thread-?safe\b|internally\b|under the hood\b|circular (?:dependency|import|reference)|shared with \S{1,80}$|the plan is to\b|the reason (?:for|that|this|why)\b|re-?(?:declare|export)s? |there (?:are|is) (?:an? |some |a few |several )?(?:\w+ )?differences?\b|for historical reasons\b|(?:it|this)(?: \w+)? (?:is|was) (?:\w+ly )?(?:implemented|written) (?:as|by|in|like|on|using|with)\b|for (?:\S{1,40} ){0,3}\S{1,40}$|for [\w -]{1,40} only\.?$|returns?\b:? \S{1,40}$|(?:is )?called (?:by|from|with)\b[^.;]{0,80}:|(?:as of|since|starting (?:from|with)) (?:version )?v?\d+\.\d|in (?:[a-z]{1,30} )?v?\d+\.\d|requires? \S{1,40} (?:[<>=]|v?\d+\.\d)|(?:this|the) (?:class|file|function|macro|method|module|type) is (?:\w+ly )?\W?(?:hidden|private|not (?:exported|published))\b|(?:added|changed|new) in version v?\d|to (?:avoid|keep|prevent|reduce|save)\b|(?:to|will) be (?:completed|continued|documented|implemented|removed|written)\b|(?:formerly|previously|historically)\b)/iu
/** `buffer : must be at least 4 bytes`, `-f Attempt to remove it`: text about a parameter or an option. */
const ON_PARAMETER = /^(?:[a-z_]\w{0,40} ?: (?:can|if|may|must|should|valid|when)\b|--?[a-z])/
/** Matches text about licences, or about how files are divided. */
const LICENCE =
  /\b(?:property of (?:its|their) respective|(?:are|is) (?:an? )?(?:registered )?trademarks? of|(?:are|is) (?:\S{1,16} )?licen[cs]ed\b|permission is hereby granted|you (?:are free to|can|may) (?:copy|use) (?:the|this) (?:code|file|program|software)\b|copyright (?:\(c\) |© )?\d{4}|(?:distributed|released) under\b|\bfor (?:the )?(?:copyright|licen[cs]\w{1,3}) (?:and \w{1,20} )?(?:details?|information|terms)\b|(?:directory|folder) (?:contains|has) (?:many|several|\d+) files|(?:directory|folder|repository) is (?:divided|split) (?:in|into))\b|^contains (?:many|several|\d+) files\b/i
/** Matches where code must be because of how modules load each other. */
const LOADING = /\b(?:must|should)\b.{0,200}\bavoid (?:an? |the )?circular (?:dependenc|import|reference)/i
/** `Accepts NULL pointers.`: a detail of the parameters. */
const ON_NULL = /^\W*(?:accepts?|allows?|supports?) (?:an? )?(?:\w{1,40} ?== ?)?(?:NULL|nullptr)\b/
const PRAISE = /\b(?:awesome|amazing|quick and fun|really (?:cool|neat|nice))\b/i

const isRemark = (text: string): boolean =>
  [REMARK, ON_PARAMETER, LOADING, ON_NULL, PRAISE].some((one) => one.test(text))

/** Whether a sentence is a note, a warning, usage or a licence instead of a description. The next sentence may be one. */
export const describesNothing = (text: string): boolean =>
  isRemark(text) || [NOTE_TO_DEVELOPERS, CAUTION, USAGE, LICENCE].some((one) => one.test(text))

/** Matches the start of text that depends on the text before it. */
const POINTS_BACK = /^\W*(?:and|but|he|however|in particular|instead|it|so|that|then|these|they|this|those)\b/i

/** Whether a text continues the text before it: `They became …`, `However, …`. */
export const pointsBack = (text: string): boolean => POINTS_BACK.test(text)

/** `New here? Read this.` */
const QUESTION = /^[^.!?:]{1,80}\? /
/** A title between lines: `---- API ----`. */
const BANNER = /^[-=*#~_+<>]{3}|(?:^|\s)[-=*#~_+<>]{3,}\.?$/
const URL_ONLY = /^<?[a-z]+:\/\/\S+>?$/i
/** Matches the heading of a part of a file: `Completion API.`, `Helper functions`. */
const HEADING =
  /^(?!(?:an?|the|(?:add|build|compile|convert|create|format|generate|handle|load|parse|read|register|render|resolve|run|store|validate|wrap|write)s?|(?:allow|check|collect|compute|declare|define|delete|detect|disallow|enforce|export|find|flag|forbid|implement|import|list|make|merge|offer|print|process|prohibit|provide|remove|replace|report|require|return|rewrite|select|show|sort|support|track|transform|update|validate)e?s)\b)(?:[\w$/+-]+ ){0,3}(?:apis?|classes|constants|declarations|definitions|exports|functions|globals|helpers|imports|includes|interfaces|internals|macros|methods|prototypes|routines|structures|structs|types|typedefs|utilities|variables)\.?$/i
/** Matches a heading with a verb, which is a description: `Time humanizing functions`. */
const HEADING_WITH_VERB =
  /^(?!(?:existing|following|including|remaining)\b)(?:\w{2,20} )?\w{2,20}ing (?:functions|helpers|routines|utilities)$/i
/** Matches the origin or the generator of a text. */
const PROVENANCE =
  /^\P{L}{0,20}(?:(?:it|(?:this|the|most|much|parts?) (?:of (?:this|the) )?(?:class|code|component|file|function|header|implementation|library|method|module|package|project|repository|script|template)|this|these|those|they) (?:is|was|were|are|has been|have been) (?:\w+ly )?(?:(?:adapted|bootstrapped|borrowed|cloned|copied|forked|lifted|ported|scaffolded|stolen|taken|vendored)\b|based on (?:the )?(?:\w{1,40} ){0,2}(?:code|implementation|work)\b|\w{1,20} from https?:)|(?:(?:heavily|loosely|mostly|originally|partly|roughly|shamelessly) )?(?:adapted|borrowed|converted to \S{1,30}|copied|extracted|forked|inlined|inspired|lifted|ported|stolen|taken|vendored) (?:by|from|on)\b|(?:an? )?(?:[\w-]{1,20} ){1,3}(?:copy|fork|port|variant|version) of https?:|from https?:|from \S{1,200}\.[a-z]{1,4} copyright\b|(?:heavily |loosely |mostly |partly )?(?:based on|derived from) (?:https?:|(?:the )?(?:code|implementation|work)\b)|[\w-]{1,40} original:|originally (?:by|from|part of|written)\b|(?:type )?definitions (?:by|migrated from)\b|[\w-]{1,60}\.[a-z]{1,4},? by \p{Lu}|this \w+ started (?:out|off|life)? ?as\b|(?:the )?original (?:(?:code|implementation|version|work) (?:by|is|was)|(?:\w{1,20} )?comes)\b|\S{1,60} (?:contains|includes|uses) (?:code|parts|portions) (?:from|of) \S{1,60} (?:by|from|written)\b|(?:this|the) file is part of\b|all (?:rights reserved|licen[cs]e)|(?:author|authors|maintainer|since|date)\s?[:@])/iu
const SPLIT_OFF = /^\W{0,9}(?:separated|split) (?:off|out) from\b/i
const GENERATED =
  /\b(?:bootstrapped with|(?:web)?site (?:is|was) built (?:using|with)|(?:created|generated) by [\w-]{1,40}[ -]quickstart|scaffolded (?:by|from|with)|significantly smaller|compared (?:to|with) the originals?)\b/i
/** Matches credits: `Written by Ann Orbit`, `Created by @ann`, `Created by ann`, `By Ann Orbit 20200923`. */
const CREDIT =
  /^(?:Authored|Created|Developed|Made|Maintained|Written) by (?:@\w|\p{Lu}\p{Ll}+ (?:\p{Lu}\.? )?\p{Lu}\p{Ll}+|[a-z][\w-]{1,40}\.?$)|^By \p{Lu}\p{Ll}+ (?:\p{Lu}\.? )?\p{Lu}\p{Ll}+(?:,? [\d/.-]{4,10})?\.?$/u
/** Matches the instructions of a template. */
const TEMPLATE_INSTRUCTIONS = /\byou (?:can )?usually\b|\b(?:put|place|add) your [\w ]{1,40} here\b/i
/** Matches the heading of a manual page: `NAME orbit_plan()`. */
const MANUAL_HEAD = /^NAME \S{1,80}\.?$/
/** Matches a sentence about text that is not shown: `All selectors below support the following filters` */
const POINTS_BELOW =
  /^(?:all|each|every)(?: of)? (?:[\w-]{1,30} ){1,3}below\b|\bthe following(?: [\w-]{1,30}){1,3}\W{0,3}$/i
/** Matches grammar rules, or a list of named parts: `start: root path* root: literal`. */
const GRAMMAR_RULES = /^[a-z_]\w{0,40}: .{0,200} [a-z_]\w{0,40}: /
/** Matches a word that the author left to be written: `classes, functions and xxx` */
const LEFT_OPEN = /\b(?:and|are|as|for|is|of|or|the|to) (?:t\.?b\.?[ad]|xxx?)\b/i
/** Matches references to a place or a time that only the author knows, and reasons: `You can learn more here.`, `It is slow, so we wait.` */
const POINTS_AWAY = /, so we (?!can\b)|\b(?:for now|(?:about|found|more|read|see)(?: \w{1,20})? here)\W{0,9}$/i
/** Matches a list joined with its announcement: `It is one of the following: fast: uses a cache`. */
const ANNOUNCES_LIST = /\b(?:as follows|(?:one )?of the following|the following(?: \w{1,30}){0,2}):\s/i
/** Matches the end of an announcement or a question. */
const ENDS_IN_COLON_OR_QUESTION = /[:?：？]["'”’)]*\.?$/
const NOT_TELLING = [
  BANNER,
  MANUAL_HEAD,
  MODELINE,
  TEMPLATE_INSTRUCTIONS,
  ENDS_IN_COLON_OR_QUESTION,
  ANNOUNCES_LIST,
  LEFT_OPEN,
  POINTS_AWAY,
  POINTS_BELOW,
  GRAMMAR_RULES,
]

const MAX_PARAGRAPHS = 6
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** A command with its options: `bundle exec bin/orbit -q -b tcp://127.0.0.1`. */
const isCommand = (text: string): boolean =>
  /^[./a-z][\w./-]*\s/.test(text) && text.slice(0, MAX_EXAMINED).split(/\s--?(?=[a-zA-Z])/, 3).length > 2

/** Whether a sentence is informative on its own, not just the title of a link, or code. */
export function isTelling(sentence: readonly PhrasingContent[]): boolean {
  const text = plainText({ type: 'paragraph', children: [...sentence] }).trim()
  const isLong =
    text
      .replace(/ \([^()]*\)/g, '')
      .split(/\s+/)
      .filter((word) => /\p{L}/u.test(word) && !/^\W*[a-z]{2,10}:\/\//i.test(word)).length > 1 || UNSPACED.test(text)
  return (
    isLong &&
    HAS_WORD.test(text) &&
    sentence.some((part) => !/^(?:link|inlineCode)$/.test(part.type) && /[\p{L}\p{N}]/u.test(plainText(part))) &&
    isOfLetters(text) &&
    // A sentence that ends inside parentheses is truncated.
    text.lastIndexOf('(') <= text.lastIndexOf(')') &&
    !isHeading((text.match(/[\p{L}\p{N}$]+/gu) ?? []).join(' ')) &&
    !isCommand(text) &&
    !describesNothing(text) &&
    !isProvenance(text) &&
    !QUESTION.test(sentence.map((part) => (part.type === 'inlineCode' ? 'x' : plainText(part))).join('')) &&
    !URL_ONLY.test(text.replace(/\.$/, '')) &&
    !NOT_TELLING.some((one) => one.test(text))
  )
}

/** Not only codes: `sn nb` */
const HAS_WORD = /\p{L}{3}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u

const isHeading = (words: string): boolean => HEADING.test(words) && !HEADING_WITH_VERB.test(words)

/** Whether at least a third of a text is letters, unlike ASCII art. */
function isOfLetters(text: string): boolean {
  const signs = text.slice(0, MAX_EXAMINED).replace(/\s/g, '')
  return (signs.match(/[\p{L}\p{N}]/gu)?.length ?? 0) * 3 >= signs.length
}

const MAX_EXAMINED = 400

/** `Adapted from click.`, `This is a Next.js project bootstrapped with create-next-app.` */
export function isProvenance(text: string): boolean {
  return [PROVENANCE, SPLIT_OFF, CREDIT, GENERATED, LICENCE].some((one) => one.test(text))
}

/** Whether a comment begins by naming the tool that generated it: `Orbit build configuration file, created by sphinx-quickstart on …` */
export const isGenerated = (text: string): boolean => GENERATED.test(text)

/** `CSV files are widely used to move data.`: background information. */
const BACKGROUND =
  /^\p{Lu}[\w+#.-]{0,40}(?: (?!(?:it|that|what|which)\b)[\w-]{1,40}){0,2} (?:is|are) (?:often|widely|commonly|frequently|generally|very) (?:known|popular|spread|used)\b/u

/** Whether a sentence is background information that says nothing about the purpose of the code. */
export function isBackground(text: string): boolean {
  return BACKGROUND.test(text)
}

/** Matches the start of text with a pronoun that does not mean the definition itself: `These are …`, `It's …`, `Its parts …`. */
const BEGINS_WITH_PRONOUN = /^\W*(?:and|but|he|however|instead|so|that|then|these|they|those)\b/i

/** Removes a surrounding tag of another tool: `<DESC> Plans orbits. </DESC>`. */
function withoutTag(text: string): string {
  const [, tag] = /^\s{0,9}<([A-Z]{3,20})>/.exec(text) ?? []
  return tag === undefined ? text : text.replace(`<${tag}>`, '').replace(`</${tag}>`, '')
}

/** The text of a doc comment or a document from its first informative paragraph on; `null` if none of the first paragraphs is informative. */
export function tellingPart(text: string): string | null {
  // Usage is not part of the sentence above it.
  const doc = withoutTag(text).replace(/(?<!\bfor)\n(?=[ \t]{0,20}(?:usage|examples?)[ \t]{0,9}:)/gi, '\n\n')
  let start = 0
  for (let left = MAX_PARAGRAPHS; left > 0 && start < doc.length; left--) {
    const rest = doc.slice(start)
    const sentence = firstSentence(rest)
    // Text that continues an omitted paragraph cannot be understood.
    if (sentence !== null && isTelling(withoutColon(sentence) ?? sentence))
      return start > 0 && BEGINS_WITH_PRONOUN.test(rest) ? null : rest.trim()
    const end = rest.search(/\n[ \t]*\n/)
    if (sentence !== null && isRemark(plainText({ type: 'paragraph', children: sentence }))) {
      const remainder = afterFirstSentence(end < 0 ? rest : rest.slice(0, end))
      const second = firstSentence(remainder)
      if (second !== null && isTelling(second) && !POINTS_BACK.test(remainder))
        return remainder + (end < 0 ? '' : rest.slice(end).trimEnd())
    }
    if (end < 0) return null
    start += end + 1
    while (start < doc.length && /\s/.test(doc[start] ?? '')) start++
  }
  return null
}

/** `v1.9.0+ `, `stable since v1.10 ` before a sentence. */
const VERSION = /^(?:(?:added|introduced|new|stable) (?:in|since) )?v\d{1,4}\.\d[\d.]{0,9}\+?[:,]?\s{1,9}(?=\p{Lu})/u

/** Removes `plan_burn() :` and a version at the beginning. */
export function withoutName(doc: string, name: string): string {
  const text = doc.trimStart()
  const rest = name !== '' && text.startsWith(name) ? text.slice(name.length) : ''
  const colon = /^(?:\(\))?\s{0,9}:\s{1,9}(?=[\p{L}`])/u.exec(rest)?.[0] ?? ''
  return (colon === '' ? text : rest.slice(colon.length)).replace(VERSION, '')
}

/**
 * The first sentence of a doc comment, if it is informative.
 *
 * @param name - The name of the subject: a sentence without other words is not informative.
 * @param isWhole - Return all sentences of a short first paragraph.
 */
export function tellingSentence(doc: string | null | undefined, name = '', isWhole = false): PhrasingContent[] | null {
  const whole = docSentence(doc, isWhole)
  const sentence = whole === null ? null : (withoutColon(whole) ?? whole)
  if (sentence === null || !isTelling(sentence)) return null
  return name !== '' && isRepeated(plainText({ type: 'paragraph', children: sentence }), name) ? null : sentence
}

/** Matches the end of text that is incomplete without the following list or code: `accepts one of`. */
const INCOMPLETE_END =
  /(?:^|\s)(?:a|an|and|are|as|be|by|either|for|from|if|in|include[sd]?|including|into|is|like|namely|of|on|one|or|returns?|so|such|that|the|these|this|those|to|using|via|what|when|where|which|who|whose|with)$/i
/** Matches an announcement without content: `For example`, `You can use it like this`. */
const ANNOUNCES_EXAMPLE =
  /^(?:an? |the |some |more )?(?:examples?|usage|options|arguments|parameters)\b|^(?:after|before|finally|first|given|however|if|in|instead|next|once|then|there|to|when|with|you|your)\b|\b(?:as follows|below|can be|e\.g\.?|example|following|for instance|like (?:so|this)|looks? like|the same as|you can)\b|\b(?:these|those) \w{1,40}$/i
const MIN_LEAD_WORDS = 5

/**
 * `Uses Task.WhenAll with the tasks of all handlers:` before code or a list, as a sentence of its own.
 *
 * @returns `null` if there is no colon at the end, or if the text is incomplete without what follows.
 */
function withoutColon(sentence: readonly PhrasingContent[]): PhrasingContent[] | null {
  const last = sentence.at(-1)
  if (last?.type !== 'text' || !/[:：]$/.test(last.value.trimEnd())) return null
  const value = last.value.trimEnd().slice(0, -1).trimEnd()
  const text = plainText({ type: 'paragraph', children: [...sentence.slice(0, -1), { type: 'text', value }] }).trim()
  const isWhole =
    text.split(/\s+/).length >= MIN_LEAD_WORDS && !INCOMPLETE_END.test(text) && !ANNOUNCES_EXAMPLE.test(text)
  return isWhole ? [...sentence.slice(0, -1), { type: 'text', value: `${value}.` }] : null
}
