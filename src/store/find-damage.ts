/** Checks a whole set on disk against the hashes in its manifest, part by part in bounded memory. */

import path from 'node:path'
import { type Packs, packFile, readAnyPart } from './delta-part.ts'
import { inspectManifestIn } from './manifest-file.ts'
import { isPlain, type Manifest, type Stored } from './model.ts'
import { isPlainFile, isPlainFolder } from './plain-file.ts'
import { areSourcesIntact } from './source-reader.ts'
import { isPartIntact } from './stored-part.ts'

const MANIFEST_PART = 'the manifest'
const SOURCES_PART = 'the source files'

/**
 * @param folder - The folder of the set.
 * @param isStrict - Whether parts that have no hash count as damaged: in sets of versions up to 0.7, pages that are stored
 *   uncompressed, and source files.
 * @param isManifestOnly - Whether only the manifest is checked.
 * @returns The first damaged part; `undefined` if there is none, if the set does not exist, or if a newer version made it.
 */
export async function findDamage(
  folder: string,
  { isStrict = false, isManifestOnly = false } = {},
): Promise<string | undefined> {
  const read = await inspectManifestIn(folder)
  if (read === 'missing') return (await isPlainFolder(folder)) ? MANIFEST_PART : undefined
  if (read === 'damaged') return MANIFEST_PART
  if (read === 'newer') return undefined
  const { manifest } = read
  if (isManifestOnly) return undefined
  if (manifest.version === 1) return findDamagedFile(folder, manifest)
  return (await findDamagedPart(folder, manifest, isStrict)) ?? (await findDamagedSources(folder, manifest, isStrict))
}

async function findDamagedPart(folder: string, manifest: Manifest, isStrict: boolean): Promise<string | undefined> {
  const packs: Packs = { folder, commit: manifest.commit, bases: manifest.bases }
  const files = manifest.files.map(({ name, stored, sha256 }) => ({ name, stored, sha256 }))
  const pages = manifest.pages.map(({ file: name, stored }) => ({ name, stored, sha256: stored?.sha256 }))
  /** Intact parts, so that a part shared by multiple names is read once. */
  const intact = new Set<string>()
  for (const { name, stored, sha256 } of [...files, ...pages]) {
    if (stored === undefined) return name
    if (isStrict && sha256 === undefined && isPlain(stored)) return name
    const id = `${stored.pack ?? ''} ${stored.at} ${stored.length} ${sha256 ?? ''}`
    if (stored.length > 0 && intact.has(id)) continue
    if (!(await isIntact(packs, stored, sha256))) return name
    intact.add(id)
  }
  return undefined
}

async function isIntact(packs: Packs, stored: Stored, sha256: string | undefined): Promise<boolean> {
  if (stored.delta === undefined) return isPartIntact(packFile(packs, stored), { ...stored, sha256 })
  const bytes = await readAnyPart(packs, stored)
  return bytes !== undefined && (sha256 === undefined || stored.delta.sha256 === sha256)
}

async function findDamagedSources(folder: string, manifest: Manifest, isStrict: boolean): Promise<string | undefined> {
  const { sources, sources_table: sha256 } = manifest
  if ((sources?.files ?? 0) === 0 && sha256 === undefined) return undefined
  if (isStrict && sha256 === undefined) return SOURCES_PART
  return (await areSourcesIntact(folder, sha256)) ? undefined : SOURCES_PART
}

/** In version 1, each file is a file on disk, and those with HTML have no hash. */
async function findDamagedFile(folder: string, { files, pages }: Manifest): Promise<string | undefined> {
  for (const { name, bytes, sha256 } of files) {
    if (!(await isPartIntact(path.join(folder, name), { at: 0, length: bytes, sha256 }))) return name
  }
  for (const { file, html } of pages) if (!(await isPlainFile(path.join(folder, 'html', html)))) return file
  return undefined
}
