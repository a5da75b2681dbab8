/** GitLab CI, CircleCI and AppVeyor: jobs, their order, and what their scripts run. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { folderOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import { targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import { addCommands } from './script-lines.ts'
import { folderPlace } from './working-folder.ts'

/** Keys of a GitLab file that are not jobs. */
const NOT_JOBS = new Set(
  'default include stages variables workflow image services cache before_script after_script spec'.split(' '),
)

export const gitlabCi: Format = {
  fits: (path) => /(?:^|\/)\.gitlab-ci\.ya?ml$/.test(path),
  read: (file, builder, repository) => {
    const config = readYaml(file.text)
    const folder = folderOf(file.path)
    const include = at(config, 'include')
    for (const one of include?.items ?? (include === undefined ? [] : [include])) {
      const local = (textAt(one, 'local') ?? one.text ?? '').replace(/^\//, '')
      builder.link(file.path, repository.fileAt(folder, local), 'uses')
    }
    for (const { key, startLine, value: job } of entriesAt(config)) {
      if (NOT_JOBS.has(key) || job.entries === undefined) continue
      const id = builder.add({
        kind: 'job',
        name: key,
        startLine,
        endLine: job.endLine,
        detail: textAt(job, 'stage') ?? '',
      })
      for (const need of at(job, 'needs')?.items ?? []) {
        const name = need.text ?? textAt(need, 'job')
        if (name !== undefined) builder.link(id, `${file.path}#${name}`, 'depends-on')
      }
      for (const other of textsOf(at(job, 'extends'))) builder.link(id, `${file.path}#${other}`, 'uses')
      builder.link(id, repository.fileAt(folder, (textAt(job, 'trigger', 'include') ?? '').replace(/^\//, '')), 'runs')
      const script = at(job, 'script')
      if (script === undefined) continue
      addScripts(builder, script, key)
      const before = at(job, 'before_script') ?? at(config, 'default', 'before_script') ?? at(config, 'before_script')
      for (const lines of [[...textsOf(before), ...textsOf(script)], textsOf(at(job, 'after_script'))]) {
        for (const { to, kind } of targetsOf(lines.join('\n'), folderPlace(folder, repository), repository)) {
          builder.link(id, to, kind)
        }
      }
    }
  },
}

/** Adds the commands of a script, which is a string or a list of strings. */
function addScripts(builder: ArtifactBuilder, script: Located, job: string): void {
  for (const [index, one] of (script.items ?? [script]).entries()) addCommands(builder, one, `${job}.${index + 1}`, '')
}

export const circleCi: Format = {
  fits: (path) => /(?:^|\/)\.circleci\/config\.ya?ml$/.test(path),
  read: (file, builder, repository) => {
    const config = readYaml(file.text)
    const root = folderOf(folderOf(file.path))
    for (const { key, startLine, value: job } of entriesAt(config, 'jobs')) {
      const id = builder.add({ kind: 'job', name: key, startLine, endLine: job.endLine })
      let isCheckedOut = false
      for (const [index, step] of (at(job, 'steps')?.items ?? []).entries()) {
        if (step.text === 'checkout' || at(step, 'checkout') !== undefined) isCheckedOut = true
        const script = at(step, 'run', 'command') ?? at(step, 'run')
        addCommands(builder, script, `${key}.${index + 1}`, textAt(step, 'run', 'name') ?? '')
        const command = textAt(script)
        const place = folderPlace(root, repository).enter(textAt(step, 'run', 'working_directory') ?? '.')
        if (!isCheckedOut || command === undefined || place === undefined) continue
        for (const { to, kind } of targetsOf(command, place, repository)) builder.link(id, to, kind)
      }
    }
    for (const workflow of entriesAt(config, 'workflows')) {
      for (const item of at(workflow.value, 'jobs')?.items ?? []) {
        for (const { key, value } of item.entries?.values() ?? [])
          for (const other of textsOf(at(value, 'requires')))
            builder.link(`${file.path}#${key}`, `${file.path}#${other}`, 'depends-on')
      }
    }
  },
}

/** All phases of AppVeyor, in the order in which they run. */
const PHASES = `init install before_build build_script after_build before_test test_script after_test before_package
  before_deploy deploy_script after_deploy on_success on_failure on_finish`.split(/\s+/)
const SHELLS = ['cmd', 'sh', 'pwsh', 'ps']
/** Limit on the items of one phase of AppVeyor; the last one also represents the rest and records their number. */
const MAX_ITEMS = 20

/** One build with lists of scripts. */
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
