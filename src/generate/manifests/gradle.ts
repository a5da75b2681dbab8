/** Reads build.gradle and build.gradle.kts: names, plugins, and whether a project is published. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { Package } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { dependenciesOf } from './gradle-dependencies.ts'
import { pluginsOf } from './gradle-plugins.ts'
import { rootAt, settingsFolder, settingsOf } from './gradle-root.ts'
import { newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/**
 * A publishing plugin. Also matches the build's own convention plugins that apply one, such as `publish-conventions`.
 */
const PUBLISH = /(?:^|[.-])publi(?:cation|sh|shing)(?:$|[.-])/

/** @returns `undefined` if the file is too long. A package without a publishing plugin and an artifact id of its own is private. */
export function readGradle(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, C_LIKE)
  if (masked === undefined) return undefined
  const folder = folderOf(path)
  const root = rootAt(files, settingsFolder(folder, files) ?? folder)
  const settings = settingsOf(masked)
  const plugins = pluginsOf(masked, root, files, folder)
  const properties = inFolder(folder, 'gradle.properties')
  const ofRoot = inFolder(root.folder, 'gradle.properties')
  const published = propertyIn(properties, /^POM_ARTIFACT_ID$/, files)
  const project = folder === root.folder ? root.name : root.projectsByFolder.get(folder)?.name
  const artifact = published ?? project ?? nameOf(folder)
  const group = settings.group ?? propertyIn(ofRoot, /^(?:GROUP|POM_GROUP_ID|group)$/, files) ?? root.group
  return newPackage('maven', path, {
    name: group === undefined || artifact === '' ? undefined : `${group}:${artifact}`,
    version: settings.version ?? propertyIn(ofRoot, /^VERSION_NAME$/, files),
    description: settings.description ?? propertyIn(properties, /^POM_DESCRIPTION$/, files),
    // Properties of the root may be meant for all projects.
    isPrivate: (published === undefined || folder === root.folder) && !plugins.some((plugin) => PUBLISH.test(plugin)),
    dependencies: dependenciesOf(masked, root),
    tools: plugins,
  })
}

function propertyIn(path: string, key: RegExp, files: RepositoryFiles): string | undefined {
  for (const line of files.text(path).slice(0, 50_000).split('\n')) {
    const equals = line.indexOf('=')
    if (equals > 0 && key.test(line.slice(0, equals).trim())) return line.slice(equals + 1).trim()
  }
  return undefined
}
