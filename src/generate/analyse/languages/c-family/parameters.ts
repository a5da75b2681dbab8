/** Compares the parameters of two C++ declarations by number and type names, to see if both declare one function. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, NONE, Op } from '#generate/analyse/engine/facts.ts'
import { parametersOf, typeOf } from '#generate/signature-parameters.ts'

export function haveEqualParameters(a: Decl, b: Decl): boolean {
  const one = a.parameters
  const other = b.parameters
  return one.length === other.length && one.every((parameter, index) => haveEqualTypes(parameter, other[index]))
}

/** Whether the parameter types are spelled alike: distinguishes `put(char)` from `put(const char *)`, whose types have no names. */
export const areSpelledAlike = (a: Decl, b: Decl): boolean => spelledTypes(a) === spelledTypes(b)

function spelledTypes(decl: Decl): string | undefined {
  const parameters = parametersOf(decl.file.string(decl.at(D.signature)), decl.name)
  return parameters?.map((one) => typeOf(one, 'cpp').replace(/\s/g, '')).join()
}

function haveEqualTypes(a: Decl, b: Decl | undefined): boolean {
  if (b === undefined) return false
  const one = lastName(a.file, a.at(D.type))
  const other = lastName(b.file, b.at(D.type))
  return one === other || one === '' || other === ''
}

/** The last part of a type's name; '' if the type is not a name. */
function lastName(file: FileUnit, type: number): string {
  let at = type
  for (let depth = 0; at !== NONE && depth < 20; depth++) {
    const op = file.expr(at, E.op)
    if (op === Op.ref || op === Op.member) return file.nameOf(at)
    if (op !== Op.pass && op !== Op.generic) return ''
    at = file.expr(at, E.left)
  }
  return ''
}
