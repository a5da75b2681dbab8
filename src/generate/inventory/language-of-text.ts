/** What a text says of its language where the name of the file is not enough: headers for C++, templates of code. */

/** Languages whose files may be templates, and what they are then. */
const TEMPLATES: ReadonlyMap<string, string> = new Map([
  ['ruby', 'erb'],
  ['javascript', 'ejs'],
  ['typescript', 'ejs'],
])
const TEMPLATE_FOLDER = /(?:^|\/)templates?\//i
const TAG = /<%[-=#]?[^\n]{0,200}%>/
/** Characters that are looked at. */
const MAX_HEAD = 20_000
/** Blank lines and comments before the first line of code. */
const BEFORE_CODE = /^(?:\s|#[^\n]*\n|\/\/[^\n]*\n)*/

/**
 * @param language - By the name of the file.
 * @returns The language of its text: `cpp` for a header, `erb` for a template of Ruby.
 */
export function languageOfText(language: string | null, path: string, text: string): string | null {
  if (language === 'c' && /\.h$/i.test(path)) return languageOfHeader(text)
  const template = TEMPLATES.get(language ?? '')
  return template !== undefined && isTemplate(path, text) ? template : language
}

/** Code that is written by a program: what it begins with is a tag, or its folder says so. */
function isTemplate(path: string, text: string): boolean {
  const head = text.slice(0, MAX_HEAD)
  if (head.slice(BEFORE_CODE.exec(head)?.[0].length ?? 0).startsWith('<%')) return true
  return TEMPLATE_FOLDER.test(path) && TAG.test(head)
}

/** Syntax that only C++ has, at the start of a line, because comments and strings are not skipped. */
const CPP_LINE =
  /^[ \t]*(?:(?:inline[ \t]+)?namespace(?:[ \t]+[\w:]+)?[ \t]*(?:\{|$)|template[ \t]*<|class[ \t]+\w[\w \t:]*(?:[{:]|$)|using[ \t]+(?:namespace[ \t]+)?[\w:]+[ \t]*[=;]|(?:public|private|protected)[ \t]*:|(?:typedef[ \t]+|const[ \t]+)*std::\w|(?:\w[\w \t*&:]*[ \t*&])?\w+::[\w:~]+[ \t]*\()/m
/** The parts of a C header for C++ only. */
const CPP_ONLY =
  /^[ \t]*#[ \t]*if(?:def[ \t]+__cplusplus|[ \t]+defined[ \t(]*__cplusplus)[\s\S]*?(?:^[ \t]*#[ \t]*(?:else|endif)|(?![\s\S]))/gm

/** Whether a header with the extension of C is C++. */
function languageOfHeader(text: string): 'c' | 'cpp' {
  if (!CPP_LINE.test(text)) return 'c'
  return CPP_LINE.test(text.replace(CPP_ONLY, '').replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')) ? 'cpp' : 'c'
}
