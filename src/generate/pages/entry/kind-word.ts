/** The word for a kind of component in its language; the graph has the general kinds only. */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import type { KindWord } from '#generate/pages/texts/texts.ts'
import { receiverOf } from '#generate/signature-parameters.ts'
import { wordAt } from '#generate/signature-values.ts'

/** `get event(): Event`, `static set size(value)`; in Python `property name: str`. */
const ACCESSOR = /^(?:(?:static|abstract|private|protected|readonly) )*(get|set|property) [\p{L}_$#[]/u

/** Matches the accessors of a C# property. */
const ACCESSORS = /\{ (?:[\w ]{1,40};\s?){1,2}\}(?: = [^{}]*)?$/

/** Match words before the name of a variable, and of a constant; variables of C and PHP have no such word. */
const CHANGES = /(?:^|\s)(?:var|let|mut)(?:\s|$)/
const STAYS = /(?:^|\s)(?:const|constexpr|constinit|define|readonly|declare -[aAgilnux]*r[aAgilnux]*)(?:\s|$)/
/** Matches a `static` of Rust that is not mutable. */
const STATIC = /^(?:pub(?:\([^()]{1,60}\))? )?static (?!mut )/
/** Languages whose top-level declarations are variables by default; and languages in which `let` declares a constant. */
const CHANGING = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|php|sh|bash)$/
const LET_STAYS = /\.(?:swift|rs|scala|kts?)$/

/** A singleton of Scala or Kotlin: `case object One`, `companion object`. */
const OBJECT = /^(?:[\w[\]@]+ ){0,6}object\b/

/** `@interface Name` of Java, `annotation class Name` of Kotlin. */
const ANNOTATION = /^(?:@[\w.]+(?:\([^()]*\))?\s+|[a-z]+ ){0,6}(?:@interface|annotation class)\b/
const RECORD = /^(?:@[\w.]+(?:\([^()]*\))?\s+|[a-z]+ ){0,6}record\b/

const DELEGATE = /^(?:\w+ ){0,4}delegate\b/

/** A union of C, C++ or Rust, whose members share their memory. */
const UNION = /^(?:[\w()]+ ){0,6}union\b/

/** An alias of a class, or of a type with arguments: `Error = orbit.PlanError`. */
const TYPE_ALIAS = /^_{0,3}(\p{Lu}\w{0,80})(?:: [\w.]{0,60}TypeAlias)? = (?:\w{1,80}\.){0,6}(\p{Lu}\w{0,80})(?:\[|$)/u
const isTypeAlias = (signature: string): boolean => {
  const [, name, type] = TYPE_ALIAS.exec(signature) ?? []
  // Constants are written in capitals.
  return [name, type].every((one) => one !== undefined && /\p{Ll}/u.test(one))
}

/** A word such as `getter`, `variable`, `constructor`, `object`, `record`, `union`, `protocol`, or the kind itself. */
export function kindWord(
  component: Pick<Component, 'kind' | 'signature' | 'name' | 'qualifiedName' | 'file' | 'overloads'>,
): KindWord {
  const { kind, signature, file, overloads = [] } = component
  // Ruby has no functions.
  if (kind === 'function' && file.endsWith('.rb')) return 'method'
  if (kind === 'namespace' && file.endsWith('.rb')) return 'module'
  if (kind === 'class' && /\.(?:kts?|scala|sc|sbt)$/.test(file) && OBJECT.test(signature)) return 'object'
  if ((kind === 'interface' || kind === 'class') && /\.(?:java|kts?)$/.test(file) && ANNOTATION.test(signature))
    return 'annotation'
  if (kind === 'interface' && file.endsWith('.swift')) return 'protocol'
  if (kind === 'type' && file.endsWith('.cs') && DELEGATE.test(signature)) return 'delegate'
  if (kind === 'class' && /\.(?:java|cs)$/.test(file) && RECORD.test(signature)) return 'record'
  if (kind === 'struct' && UNION.test(signature)) return 'union'
  if (kind === 'constant' && file.endsWith('.rs') && STATIC.test(signature)) return 'static'
  if (kind === 'constant' && /\.kts?$/.test(file) && isExtensionProperty(component)) return 'property'
  if (kind === 'constant' && /\.pyi?$/.test(file) && isTypeAlias(signature)) return 'type'
  if (kind === 'constant' && !ACCESSOR.test(signature)) return isVariable(component) ? 'variable' : kind
  const isFunction = kind === 'function' || kind === 'method'
  if (isFunction && /\.kts?$/.test(file) && receiverOf(signature, component.name) !== null) return 'extension'
  if (isFunction && file.endsWith('.swift') && component.name === 'subscript') return 'subscript'
  if (isFunction && file.endsWith('.swift') && component.name === 'init') return 'initializer'
  if (kind === 'method' && isConstructor(component)) return 'constructor'
  // An indexer of C#.
  if (kind === 'method' && component.name === 'this[]') return 'property'
  if (kind !== 'field' && kind !== 'method' && kind !== 'constant') return kind
  if (kind === 'field' && file.endsWith('.cs')) return ACCESSORS.test(signature) ? 'property' : kind
  const word = ACCESSOR.exec(signature)?.[1]
  if (word === 'get' && overloads.length > 0) return 'property'
  return word === 'get' ? 'getter' : word === 'set' ? 'setter' : word === 'property' ? word : kind
}

/** A constructor of Java or C#, which has the name of its type, or a secondary constructor of Kotlin. */
function isConstructor({ name, qualifiedName, file }: Pick<Component, 'name' | 'qualifiedName' | 'file'>): boolean {
  if (/\.kts?$/.test(file)) return name === 'constructor'
  return /\.(?:java|cs)$/.test(file) && `.${qualifiedName}`.endsWith(`.${name}.${name}`)
}

/** `val Context.theme: Theme`, which is computed from its receiver. */
function isExtensionProperty({ signature, name }: Pick<Component, 'signature' | 'name'>): boolean {
  const head = signature.slice(0, Math.max(0, findText(signature, `.${name}`)))
  return /(?:^|\s)va[lr]\s/.test(head) && !/[=:]/.test(head)
}

function isVariable({ signature, name, file }: Pick<Component, 'signature' | 'name' | 'file'>): boolean {
  // Python names constants in capitals by convention; `Loader = …` is usually a type, `PATH = None` waits for a value.
  if (/\.pyi?$/.test(file)) return /^_*\p{Ll}/u.test(name) || signature.endsWith(' = None')
  const head = signature.slice(0, Math.max(0, wordAt(signature, name)))
  if (STAYS.test(head)) return false
  const changes = CHANGES.exec(head)?.[0].trim()
  if (changes !== undefined) return changes !== 'let' || !LET_STAYS.test(file)
  // A constant of an enum has no type.
  return CHANGING.test(file) && (/\.(?:php|sh|bash)$/.test(file) || head.trim() !== '')
}
