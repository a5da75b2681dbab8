/** Makefiles: targets, their prerequisites, and what their recipes run. */

import { push } from '#base/multimap.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Target, targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import { type Rule, readMakefile } from './makefile-rules.ts'
import type { Repository } from './repository.ts'
import { folderPlace } from './working-folder.ts'

const MAX_CHARACTERS = 1_000_000
const MAX_PREREQUISITES = 1_000
/** Limit on the number of programs that a recipe runs, and of files that it uses. */
const MAX_RUNS = 1_000
/** Limit on the recipe lines that a detail shows. */
const MAX_SHOWN_LINES = 3

export const makefile: Format = {
  fits: (path) => /^(?:GNUm|m|M)akefile$|\.mk$/.test(nameOf(path)),
  read: (file, builder, repository) => {
    if (file.text.length > MAX_CHARACTERS) return
    const parsed = readMakefile(file.text)
    const folder = folderOf(file.path)
    // An included file runs in the folder of the file that includes it, which is unknown here.
    const isIncluded = file.path.endsWith('.mk')
    const fileAt = (path: string): string | undefined => (isIncluded ? undefined : repository.fileAt(folder, path))
    for (const path of parsed.includes) builder.link(file.path, path.includes('$') ? undefined : fileAt(path), 'uses')

    const byTarget = new Map<string, Rule[]>()
    for (const rule of parsed.rules) {
      for (const target of rule.targets) {
        const isSuffixRule = rule.prerequisites.length === 0 && /^(?:\.\w+){1,2}$/.test(target)
        if (isSuffixRule || /^\.[A-Z_]+$|[%*?~]/.test(target)) continue
        push(byTarget, target, rule)
      }
    }
    /** The recipes read so far; a rule may have thousands of targets. */
    const recipes = new Map<Rule, Recipe>()
    for (const [target, rules] of byTarget) {
      const ruleWithRecipe = rules.find((rule) => rule.recipe.length > 0) ?? rules[0]
      if (ruleWithRecipe === undefined) continue
      if (builder.isFull) break
      const { startLine, endLine } = ruleWithRecipe
      const prerequisites = prerequisitesOf(rules)
      const { detail, runs } =
        recipes.get(ruleWithRecipe) ?? readRecipe(ruleWithRecipe, isIncluded ? null : folder, repository)
      recipes.set(ruleWithRecipe, { detail, runs })
      const id = builder.add({ kind: 'target', name: target, startLine, endLine, detail })
      for (const word of prerequisites) {
        const to = byTarget.has(word) ? `${file.path}#${word}` : fileAt(word)
        builder.link(id, to, 'depends-on')
      }
      for (const { to, kind } of runs) builder.link(id, to, kind)
    }
  },
}

interface Recipe {
  readonly detail: string
  /** What its lines run and use, without duplicates. */
  readonly runs: readonly Target[]
}

function readRecipe({ recipe }: Rule, folder: string | null, repository: Repository): Recipe {
  const runs = new Map<string, Target>()
  if (folder !== null) {
    for (const line of recipe)
      for (const one of targetsOfLine(line, folder, repository))
        if (runs.size < MAX_RUNS) runs.set(`${one.kind} ${one.to}`, one)
  }
  return { detail: firstLines(recipe), runs: [...runs.values()] }
}

/** The first lines of a recipe, then `…` if there are more. */
function firstLines(recipe: readonly string[]): string {
  const lines = recipe.map((line) => line.trim().replace(/^[@+-]{1,3}\s{0,8}/, '')).filter((line) => line !== '')
  return [...lines.slice(0, MAX_SHOWN_LINES), ...(lines.length > MAX_SHOWN_LINES ? ['…'] : [])].join(' && ')
}

/** The prerequisites of all rules of a target, without duplicates, up to a limit. */
function prerequisitesOf(rules: readonly Rule[]): string[] {
  const words = new Set<string>()
  for (const rule of rules) {
    for (const word of rule.prerequisites) {
      if (words.size === MAX_PREREQUISITES) return [...words]
      words.add(word)
    }
  }
  return [...words]
}

/** Each line runs in its own shell. `$(MAKE)` is make, `$$` is `$`; other references, such as `$@`, are unknown variables of the shell. */
function targetsOfLine(line: string, folder: string, repository: Repository): Target[] {
  const text = line
    .replace(/^[@+\-\s]+/, '')
    .replace(/\$[({]MAKE[)}]/g, 'make')
    .replace(/\$[({]CURDIR[)}]/g, '.')
    .replace(/\$\$/g, '$')
    .replace(/\$([@<^?*+%])/g, () => '$x')
  return targetsOf(text, folderPlace(folder, repository), repository)
}
