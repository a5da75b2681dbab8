/** Determines which C++ functions are virtual, and which override them. */

import type { Decl } from '#generate/analyse/engine/declarations.ts'
import { D } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { haveEqualParameters } from '#generate/analyse/languages/c-family/parameters.ts'

/** Only virtual functions can be overridden, by functions with the same parameters. */
export function mayOverride(decl: Decl, above: Decl, semantics: Semantics): boolean {
  const { program } = semantics
  if (!haveEqualParameters(decl, above)) return false
  if (isVirtual(decl, program) || isVirtual(above, program)) return true
  // What overrides a virtual function is virtual without the keyword.
  const further = above.owner === null ? [] : semantics.ancestorsOf(above.owner).list
  return further.some(({ decl: type }) =>
    program
      .membersOf(type)
      .get(above.name)
      ?.some((one) => haveEqualParameters(one, above) && isVirtual(one, program)),
  )
}

/** Whether a function is virtual. A definition outside its class lacks the keyword, so its declaration decides. */
function isVirtual(decl: Decl, program: Program): boolean {
  const says = (one: Decl): boolean => /\b(?:virtual|override|final)\b/.test(one.file.string(one.at(D.signature)))
  if (decl.parent?.isType === true || says(decl)) return says(decl)
  const declared = decl.owner === null ? [] : (program.membersOf(decl.owner).get(decl.name) ?? [])
  return declared.some((one) => one !== decl && says(one) && haveEqualParameters(one, decl))
}
