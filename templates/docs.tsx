/** A page of the documentation: the document, its table of contents, and the documented commit, in the frame of its set. */

import { raw } from 'hono/html'
import { NOT_ON_REF, noticeOf } from '#base/unreachable-commit.ts'
import type { JobView } from '#queue/contract.ts'
import type { Manifest, SetPage } from '#store/model.ts'
import { AskBox } from './ask-form.tsx'
import { Colophon } from './colophon.tsx'
import { Contents } from './contents.tsx'
import { DocsFrame, OVERVIEW, type SetProps, treeOf } from './docs-frame.tsx'
import { formatDate, shortCommit } from './format.ts'
import { englishIn } from './layout.tsx'
import type { DocsLinks } from './links.ts'
import { RepositoryLink, Time } from './parts.tsx'
import { type OutlineItem, outlineOf, trailOf } from './sidebar-outline.ts'
import { Freshness, OldVersion, type VersionBarProps, VersionSwitch } from './version-bar.tsx'
import { CommitNotice, Notice } from './version-notices.tsx'

export interface DocsPageProps extends SetProps {
  /** The job of the documents; without it, the page has no notice about newer versions. */
  job?: JobView
  /** One of the manifest's pages. */
  page: SetPage
  /** The output of `renderMarkdown`: sanitised, and the only text here that is not escaped. */
  bodyHtml: string
  /** A placeholder for the tree of pages, if it is inserted later. */
  tree?: string
  /** The other versions of the repository; absent if unknown. */
  bar?: VersionBarProps | undefined
}

export function DocsPage({ job, manifest, page, bodyHtml, tree, links, policy, bar }: DocsPageProps) {
  const trail = trailOf(outlineOf(treeOf(manifest), page.file))
  const name = page.file === 'overview.md' ? manifest.full_name : `${page.title} · ${manifest.full_name}`
  return (
    <DocsFrame
      title={name}
      manifest={manifest}
      links={links}
      file={page.file}
      tree={tree}
      policy={policy}
      language={manifest.language}
      canonical={bar?.canonical}
    >
      {job !== undefined && <Notice job={job} href={links.job} />}
      <CommitNotice notice={bar?.isOffRef ? NOT_ON_REF : job && noticeOf(job)} />
      {bar !== undefined && <OldVersion bar={bar} />}
      <div class="page-head">
        <Trail links={links} trail={trail} page={page} />
        <Origin manifest={manifest} page={page} links={links} documentedAt={job?.documented_at ?? null} bar={bar} />
      </div>
      <Contents headings={page.headings} />
      <article class="prose" data-document>
        {raw(bodyHtml)}
      </article>
      {links.ask !== null && <AskBox action={links.ask} name={manifest.name} />}
      <Neighbours links={links} pages={manifest.pages} file={page.file} />
      <Colophon manifest={manifest} links={links} />
    </DocsFrame>
  )
}

function Trail({ links, trail, page }: { links: DocsLinks; trail: OutlineItem[]; page: SetPage }) {
  if (page.file === OVERVIEW.file) return null
  return (
    <nav class="trail" aria-label="Breadcrumbs">
      <ol>
        <li>
          <a href={links.page(OVERVIEW.file)}>{OVERVIEW.title}</a>
        </li>
        {trail.map((item) => (
          <li>
            <a href={links.page(item.home)}>{item.title}</a>
          </li>
        ))}
        <li aria-current="page">{page.title}</li>
      </ol>
    </nav>
  )
}

interface OriginProps {
  manifest: Manifest
  page: SetPage
  links: DocsLinks
  /** ISO 8601; `null` if unknown. */
  documentedAt: string | null
  bar: VersionBarProps | undefined
}

/** The version and commit of the page, on the overview the repository, and links to the other forms of the page. */
function Origin({ manifest, page, links, documentedAt, bar }: OriginProps) {
  const href = manifest.commit_url
  const short = <code>{shortCommit(manifest.commit)}</code>
  const source = links.source(page.file)
  return (
    <div class="origin" {...englishIn(manifest.language)}>
      {page.file === OVERVIEW.file && <RepositoryLink repoUrl={manifest.repo_url} withHost />}
      {bar !== undefined && bar.versions.length > 0 && <VersionSwitch bar={bar} />}
      <span>
        Commit{' '}
        {href === null ? (
          short
        ) : (
          <a href={href} rel="noopener noreferrer">
            {short}
          </a>
        )}
      </span>
      <time datetime={manifest.committed_at}>{formatDate(manifest.committed_at)}</time>
      {bar?.freshness != null ? (
        <Freshness {...bar.freshness} />
      ) : (
        documentedAt !== null && (
          <span>
            Documented <Time iso={documentedAt} isShort />
          </span>
        )
      )}
      {source !== null && <a href={source}>Markdown</a>}
      {links.job !== null && <a href={links.job}>Job</a>}
    </div>
  )
}

function Neighbours({ links, pages, file }: { links: DocsLinks; pages: SetPage[]; file: string }) {
  const index = pages.findIndex((page) => page.file === file)
  const before = index > 0 ? pages[index - 1] : undefined
  const after = index === -1 ? undefined : pages[index + 1]
  if (before === undefined && after === undefined) return null
  return (
    <nav class="neighbours" aria-label="Previous and next page">
      {before !== undefined && (
        <a class="neighbour" rel="prev" href={links.page(before.file)}>
          <span class="quiet">← Previous</span>
          {before.title}
        </a>
      )}
      {after !== undefined && (
        <a class="neighbour neighbour-after" rel="next" href={links.page(after.file)}>
          <span class="quiet">Next →</span>
          {after.title}
        </a>
      )}
    </nav>
  )
}
