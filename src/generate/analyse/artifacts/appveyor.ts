/** AppVeyor: one build with lists of scripts. */

import { at, type Located } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { Format } from './format.ts'
import { addCommands } from './script-lines.ts'

/** All phases, in the order in which they run. */
const PHASES = [
  'init',
  'install',
  'before_build',
  'build_script',
  'after_build',
  'before_test',
  'test_script',
  'after_test',
  'before_package',
  'before_deploy',
  'deploy_script',
  'after_deploy',
  'on_success',
  'on_failure',
  'on_finish',
]
const SHELLS = ['cmd', 'sh', 'pwsh', 'ps']
/** Limit on the items of one phase; the last one also represents the rest and has their number. */
const MAX_ITEMS = 20

export const appveyor: Format = {
  fits: (path) => /(?:^|\/)\.?appveyor\.ya?ml$/.test(path),
  read: (file, builder) => {
    const config = readYaml(file.text)
    for (const phase of PHASES) {
      const script = at(config, phase)
      if (script === undefined) continue
      const { startLine, endLine } = script
      builder.add({ kind: 'job', name: phase, startLine, endLine, detail: '' })
      const items = script.items ?? [script]
      for (const [index, item] of items.slice(0, MAX_ITEMS).entries()) {
        const more = index === MAX_ITEMS - 1 ? items.length - MAX_ITEMS : 0
        for (const [place, line] of linesOf(item).entries())
          addCommands(builder, line, `${phase}.${index + 1}${place === 0 ? '' : `.${SHELLS[place]}`}`, '', more)
      }
    }
  },
}

/** `- cmd: dotnet build`, `- sh: make`, or plain; an item may have one for each shell. */
function linesOf(item: Located): Located[] {
  if (item.entries === undefined) return [item]
  return SHELLS.map((shell) => at(item, shell)).filter((line) => line !== undefined)
}
