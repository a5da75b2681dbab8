/** Recognises comments and attributes that mark a declaration as internal, although its modifiers may make it public. */

/** `#[doc(hidden)]`; a condition for doctests only; `[EditorBrowsable(Never)]`; `@_spi(Plan)`; a deprecation kept for binary compatibility. */
const ATTRIBUTE =
  /#\[\s{0,9}(?:doc\s{0,9}\(\s{0,9}hidden|cfg\s{0,9}\(\s{0,9}doctest)\b|\bEditorBrowsable(?:Attribute)?\s{0,9}\(\s{0,9}[\w.]{0,60}\bNever\b|@_spi\b|@_documentation\s{0,9}\(\s{0,9}visibility:\s{0,9}(?:internal|private)|\bDeprecationLevel\.HIDDEN\b|\blevel\s{0,9}=\s{0,9}HIDDEN\b/
/** `@InternalApi`, `@com.acme.Internal`, `@API(status = INTERNAL)`. */
const INTERNAL =
  /@(?:[a-z]\w{0,40}\.){0,9}(?:Internal(?:\w{0,40}Api|Only)?\b|\w{1,40}Internal(?:Api)?\b|API\s{0,9}\([^)]{0,80}\bINTERNAL\b)/
/** `@internal`, also before a sentence, but not `{@internal words}`; Swift's `/// :nodoc:`. */
const TAG =
  /^[ \t]*(?:\/?\*{1,2}[ \t]{0,20}@(?:internal\b|hidden\b|hide\b|(?:ignore|suppress|private)[ \t]{0,20}(?:\*\/)?\r?$|api[ \t]{1,20}private\b)|\/\/\/[ \t]{0,20}:nodoc:)/m

/**
 * @param comments - The comments above the declaration, as written.
 * @param modifiers - Including attributes and annotations.
 */
export function isMarkedHidden(comments: readonly string[], modifiers: string, name: string): boolean {
  // An annotation for internal API is internal too.
  const isMark = modifiers.includes('@RequiresOptIn') && name.includes('Internal')
  return isMark || ATTRIBUTE.test(modifiers) || INTERNAL.test(modifiers) || comments.some((one) => TAG.test(one))
}
