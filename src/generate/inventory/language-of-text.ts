/** Determines the language of a file by its text if the name is ambiguous: C++ headers, templates of code. */

/** Languages whose files may be templates, with the language of these templates. */
const TEMPLATES: ReadonlyMap<string, string> = new Map([
  ['ruby', 'erb'],
  ['javascript', 'ejs'],
  ['typescript', 'ejs'],
])
const TEMPLATE_FOLDER = /(?:^|\/)templates?\//i
const TAG = /<%[-=#]?[^\n]{0,200}%>/
/** Number of characters that are searched for template tags. */
const MAX_HEAD = 20_000
/** Blank lines and comments before the first line of code. */
const BEFORE_CODE = /^(?:\s|#[^\n]*\n|\/\/[^\n]*\n)*/

/**
 * @param language - The language by the name of the file.
 * @returns The language by its text: `cpp` for a header, `erb` for a template of Ruby code.
 */
export function languageOfText(language: string | null, path: string, text: string): string | null {
  if (language === 'c' && /\.h$/i.test(path)) return languageOfHeader(text)
  const template = TEMPLATES.get(language ?? '')
  return template !== undefined && isTemplate(path, text) ? template : language
}

/** Whether code begins with a template tag, or contains one and is in a folder of templates. */
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
