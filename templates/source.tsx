/** The page of a source file: its text with line numbers, and a link to its documentation. */

import { raw } from 'hono/html'
import { noticeOf } from '#base/unreachable-commit.ts'
import type { JobView } from '#queue/contract.ts'
import type { Heading, SourceMarks, SourceRow } from '#store/model.ts'
import { Colophon } from './colophon.tsx'
import { Contents } from './contents.tsx'
import { DocsFrame, OVERVIEW, type SetProps, treeOf } from './docs-frame.tsx'
import { counted, formatDate, plainName, shortCommit } from './format.ts'
import { hrefOf } from './links.ts'
import { RepositoryLink } from './parts.tsx'
import { ancestorsHtml } from './sidebar.tsx'
import { CommitNotice, Notice } from './version-notices.tsx'

export interface SourcePageProps extends SetProps {
  /** The job of the documents; without it, the page has no notice about newer versions. */
  job?: JobView
  file: SourceRow & { lines: number; marks: SourceMarks }
  /** The output of `sourceHtml`: escaped. */
  linesHtml: string
}

/** Maximum number of definitions in the table of contents. */
const MAX_LISTED = 400

export function SourcePage({ job, manifest, links, file, linesHtml, policy }: SourcePageProps) {
  const name = plainName(file.path)
  const { home } = file.marks
  const plain = links.sourceText(file.name)
  return (
    <DocsFrame
      title={`${name} · ${manifest.full_name}`}
      manifest={manifest}
      links={links}
      file=""
      tree={ancestorsHtml(links, treeOf(manifest), home?.page ?? '')}
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
            <li>
              <a href={links.files}>Files</a>
            </li>
            <li aria-current="page">{name}</li>
          </ol>
        </nav>
        <p class="origin">
          <RepositoryLink repoUrl={manifest.repo_url} withHost />
          <span>
            Commit <code>{shortCommit(manifest.commit)}</code>
          </span>
          <time datetime={manifest.committed_at}>{formatDate(manifest.committed_at)}</time>
          {plain !== null && <a href={plain}>Plain text</a>}
        </p>
      </div>
      <Contents headings={definitionsOf(file.marks)} />
      <article class="source" data-source>
        <h1>{name}</h1>
        <p class="quiet">
          {file.language === null ? '' : `${file.language}, `}
          {counted(file.lines, 'line')}
          {home !== null && (
            <>
              {' · documented in '}
              <a href={hrefOf(links.page(home.page), home.anchor)}>{home.title}</a>
            </>
          )}
        </p>
        {file.lines === 0 ? (
          <p>The file is empty.</p>
        ) : (
          <pre data-copy>
            <code>{raw(linesHtml)}</code>
          </pre>
        )}
      </article>
      <Colophon manifest={manifest} links={links} />
    </DocsFrame>
  )
}

/** The definitions in the file, as headings: members below their types. */
function definitionsOf({ symbols }: SourceMarks): Heading[] {
  const names = new Set(symbols.map(([, , name]) => name))
  return symbols.slice(0, MAX_LISTED).map(([line, , name]) => {
    const dot = name.lastIndexOf('.')
    const isMember = dot > 0 && names.has(name.slice(0, dot))
    return { depth: isMember ? 3 : 2, id: `L${line}`, text: isMember ? name.slice(dot + 1) : name }
  })
}
