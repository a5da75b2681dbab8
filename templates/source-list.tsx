/** The list of all source files of a set, by folder. */

import { push } from '#base/multimap.ts'
import { noticeOf } from '#base/unreachable-commit.ts'
import type { JobView } from '#queue/contract.ts'
import type { SourceRow } from '#store/model.ts'
import { Colophon } from './colophon.tsx'
import { Contents } from './contents.tsx'
import { DocsFrame, OVERVIEW, type SetProps } from './docs-frame.tsx'
import { counted, formatCount, plainName } from './format.ts'
import { CommitNotice, Notice } from './version-notices.tsx'

export interface SourceListProps extends SetProps {
  /** The job of the documents; without it, the page has no notice about newer versions. */
  job?: JobView
  /** Sorted by path. */
  files: readonly SourceRow[]
}

/** Maximum number of listed files: a longer list would be too slow in browsers. */
const MAX_FILES = 10_000

export function SourceListPage({ job, manifest, links, files, policy }: SourceListProps) {
  const folders = byFolder(files.slice(0, MAX_FILES))
  return (
    <DocsFrame
      title={`Files · ${manifest.full_name}`}
      manifest={manifest}
      links={links}
      file=""
      policy={policy}
      isSource
    >
      {job !== undefined && <Notice job={job} href={links.job} />}
      <CommitNotice notice={job && noticeOf(job)} />
      <div class="page-head">
        <nav class="trail" aria-label="Breadcrumbs">
          <ol>
            <li>
              <a href={links.page(OVERVIEW.file)}>{manifest.name}</a>
            </li>
            <li aria-current="page">Files</li>
          </ol>
        </nav>
      </div>
      <Contents headings={folders.map(([folder], at) => ({ depth: 2, id: idOf(at), text: titleOf(folder) }))} />
      <article class="source">
        <h1>Repository files</h1>
        <p class="quiet">
          {counted(files.length, 'text file')} at the documented commit.
          {files.length > MAX_FILES && (
            <>
              {` The first ${formatCount(MAX_FILES)} are listed here`}
              {links.sources === null ? (
                '.'
              ) : (
                <>
                  ; <a href={links.sources}>sources.json</a> lists all.
                </>
              )}
            </>
          )}
        </p>
        {folders.map(([folder, inside], at) => (
          <>
            <h2 id={idOf(at)}>{titleOf(folder)}</h2>
            <ul class="files">
              {inside.map(({ name, path }) => (
                <li>
                  <a href={links.sourcePage(name)}>{plainName(path.slice(folder === '' ? 0 : folder.length + 1))}</a>
                </li>
              ))}
            </ul>
          </>
        ))}
      </article>
      <Colophon manifest={manifest} links={links} />
    </DocsFrame>
  )
}

/** Not derived from the folder's name, which may contain any character. */
const idOf = (at: number): string => `Folder${at + 1}`

const titleOf = (folder: string): string => (folder === '' ? 'Repository root' : plainName(folder))

/** Files by folder, sorted by path, the root first. */
function byFolder(files: readonly SourceRow[]): [folder: string, files: SourceRow[]][] {
  const folders = new Map<string, SourceRow[]>()
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))
    push(folders, folder, file)
  }
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1))
}
