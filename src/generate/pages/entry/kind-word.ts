/** What readers call a kind of component where its language has a word of its own for it. The graph keeps its plain kinds. */

import type { Component } from '#generate/model.ts'
import type { KindWord } from '#generate/pages/texts/texts.ts'
import { receiverOf } from '#generate/signature-parameters.ts'

/** `get event(): Event`, `static set size(value)`; in Python `property name: str`. */
const ACCESSOR = /^(?:(?:static|abstract|private|protected|readonly) )*(get|set|property) [\p{L}_$#[]/u

/** Of a property of C#. */
const ACCESSORS = /\{ (?:[\w ]{1,40};\s?){1,2}\}(?: = [^{}]*)?$/

/** Words before the name of what may change, and of what may not: a variable of C or PHP has no word of its own. */
const CHANGES = /(?:^|\s)(?:var|let|mut)(?:\s|$)/
const STAYS = /(?:^|\s)(?:const|constexpr|constinit|define|readonly|declare -[aAgilnux]*r[aAgilnux]*)(?:\s|$)/
/** Languages in which what is declared at the top changes, unless it says otherwise; and where `let` says so. */
const CHANGING = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|php|sh|bash)$/
const LET_STAYS = /\.(?:swift|rs|scala|kts?)$/

/** A singleton of Scala or Kotlin: `case object One`, `companion object`. */
const OBJECT = /^(?:[\w[\]@]+ ){0,6}object\b/

/** `@interface Name` of Java, `annotation class Name` of Kotlin. */
const ANNOTATION = /^(?:@[\w.]+(?:\([^()]*\))?\s+|[a-z]+ ){0,6}(?:@interface|annotation class)\b/
const RECORD = /^(?:@[\w.]+(?:\([^()]*\))?\s+|[a-z]+ ){0,6}record\b/

/** `getter`, `setter`, `property`, `variable`, `static`, `method`, `object`, `annotation`, `record`, else the kind itself. */
export function kindWord(component: Pick<Component, 'kind' | 'signature' | 'name' | 'file' | 'overloads'>): KindWord {
  const { kind, signature, file, overloads = [] } = component
  // Ruby has no functions.
  if (kind === 'function' && file.endsWith('.rb')) return 'method'
  if (kind === 'class' && /\.(?:kts?|scala|sc|sbt)$/.test(file) && OBJECT.test(signature)) return 'object'
  if ((kind === 'interface' || kind === 'class') && /\.(?:java|kts?)$/.test(file) && ANNOTATION.test(signature))
    return 'annotation'
  if (kind === 'class' && /\.(?:java|cs)$/.test(file) && RECORD.test(signature)) return 'record'
  if (kind === 'constant') return isVariable(component) ? 'variable' : isStatic(component) ? 'static' : kind
  const isFunction = kind === 'function' || kind === 'method'
  if (isFunction && /\.kts?$/.test(file) && receiverOf(signature, component.name) !== null) return 'extension'
  if (kind !== 'field' && kind !== 'method') return kind
  if (kind === 'field' && file.endsWith('.cs')) return ACCESSORS.test(signature) ? 'property' : kind
  const word = ACCESSOR.exec(signature)?.[1]
  if (word === 'get' && overloads.length > 0) return 'property'
  return word === 'get' ? 'getter' : word === 'set' ? 'setter' : word === 'property' ? word : kind
}

/** `pub static NAME: Type` of Rust, which has one place in memory and may be made when it is first used. */
const isStatic = ({ signature, file }: Pick<Component, 'signature' | 'file'>): boolean =>
  file.endsWith('.rs') && /^(?:pub(?:\([^()]*\))? )?(?:unsafe )?static /.test(signature)

function isVariable({ signature, name, file }: Pick<Component, 'signature' | 'name' | 'file'>): boolean {
  // By convention a constant of Python has a name of its own kind; `Loader = …` is most often a type.
  if (/\.pyi?$/.test(file)) return /^_*\p{Ll}/u.test(name)
  const head = signature.slice(0, Math.max(0, signature.indexOf(name)))
  if (STAYS.test(head)) return false
  const changes = CHANGES.exec(head)?.[0].trim()
  if (changes !== undefined) return changes !== 'let' || !LET_STAYS.test(file)
  // A constant of an enum has no type.
  return CHANGING.test(file) && (/\.(?:php|sh|bash)$/.test(file) || head.trim() !== '')
}
