/** A page of the documentation: the tree, the document, its table of contents, and the documented commit. */

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { NOT_ON_REF, noticeOf } from '#base/commit-id.ts'
import type { JobView } from '#queue/contract.ts'
import type { Manifest, SetPage, TreeNode } from '#store/model.ts'
import { AskBox } from './ask-form.tsx'
import { Contents } from './contents.tsx'
import { Dialogs } from './dialogs.tsx'
import { counted, formatDate, shortCommit, stateOf } from './format.ts'
import { englishIn, Frame, MAIN } from './layout.tsx'
import type { DocsLinks } from './links.ts'
import { RepositoryLink, Time } from './parts.tsx'
import { SearchBox } from './search-box.tsx'
import { Sidebar, treeHtml } from './sidebar.tsx'
import { type OutlineItem, outlineOf, trailOf } from './sidebar-outline.ts'
import { OldVersion, Standing, type VersionBarProps, VersionSwitch } from './version-bar.tsx'

export interface SetProps {
  manifest: Manifest
  links: DocsLinks
  /** A Content-Security-Policy for pages opened from a folder. */
  policy?: string
}

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

/** Added to the tree of a set, which contains only modules. */
const OVERVIEW: TreeNode = { title: 'Overview', file: 'overview.md', children: [] }

const trees = new WeakMap<Manifest, TreeNode[]>()

/** The tree of the sidebar: the same object for all pages of a set. */
export function treeOf(manifest: Manifest): TreeNode[] {
  const tree = trees.get(manifest) ?? [OVERVIEW, ...manifest.tree]
  trees.set(manifest, tree)
  return tree
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
        <Origin manifest={manifest} page={page} links={links} documentedAt={job?.completed_at ?? null} bar={bar} />
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

/** The frame of all pages of a set, including the search results. */
export function DocsFrame({
  title,
  manifest,
  links,
  file,
  tree = treeHtml(links, treeOf(manifest), file),
  isSource = false,
  scripts = [],
  policy,
  language,
  canonical,
  children,
}: {
  title: string
  manifest: Manifest
  links: DocsLinks
  /** The current page; empty for one that is not in the tree. */
  file: string
  tree?: string | undefined
  /** The page shows a source file. */
  isSource?: boolean
  /** Further scripts. */
  scripts?: readonly string[]
  policy?: string | undefined
  /** Language of the main part; English by default. */
  language?: string | undefined
  canonical?: string | undefined
  children: Child
}) {
  return (
    <Frame
      title={`${title} · docspool`}
      description={`Documentation of ${manifest.full_name} at commit ${shortCommit(manifest.commit)}.`}
      asset={links.asset}
      home={links.home ?? links.page(OVERVIEW.file)}
      policy={policy}
      language={language}
      canonical={canonical}
      scripts={['docs.js', ...(isSource ? ['source.js'] : []), ...scripts]}
      kind="docs"
      bar={
        <>
          <a class="bar-title" href={links.page(OVERVIEW.file)}>
            {manifest.full_name}
          </a>
          <SearchBox links={links} name={manifest.name} />
        </>
      }
    >
      <Sidebar tree={tree} setKey={manifest.key} />
      <main id={MAIN} tabindex={-1}>
        {children}
      </main>
      <Dialogs />
    </Frame>
  )
}

export function Notice({ job, href }: { job: JobView; href: string | null }) {
  const state = stateOf(job)
  if (state === 'completed' || state === 'cancelled' || href === null) return null
  const words =
    state === 'failed'
      ? 'The last attempt to update this documentation failed; this is the previous version.'
      : 'A newer version of this documentation is being generated; this is the previous version.'
  return (
    <aside class={state === 'failed' ? 'notice notice-bad' : 'notice'} aria-label="About this version">
      {words} <a href={href}>{state === 'failed' ? 'See why' : 'See the progress'}</a>
    </aside>
  )
}

/** @param notice - From `noticeOf`. */
export function CommitNotice({ notice }: { notice: string | undefined }) {
  if (notice === undefined) return null
  return (
    <aside class="notice" aria-label="About this commit">
      {notice}
    </aside>
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

/** The repository, version and commit of the page, and links to its other forms. */
function Origin({ manifest, page, links, documentedAt, bar }: OriginProps) {
  const href = manifest.commit_url
  const short = <code>{shortCommit(manifest.commit)}</code>
  const source = links.source(page.file)
  return (
    <div class="origin" {...englishIn(manifest.language)}>
      <RepositoryLink repoUrl={manifest.repo_url} withHost />
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
      {bar?.standing != null ? (
        <Standing {...bar.standing} />
      ) : (
        documentedAt !== null && (
          <span>
            Documented <Time iso={documentedAt} />
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

export function Colophon({ manifest, links }: { manifest: Manifest; links: DocsLinks }) {
  const { files, components, edges } = manifest.statistics
  const writer = manifest.main_model === 'offline' ? 'static analysis' : `static analysis and ${manifest.main_model}`
  return (
    <footer class="colophon quiet" {...englishIn(manifest.language)}>
      <p>
        {`Generated by ${writer} from ${counted(files, 'file')}, ${counted(components, 'component')} and ${counted(edges, 'reference')}`}
        {` · docspool ${manifest.generator_version}`}
        {manifest.has_notes === true && ' · The model was given notes by the person who requested these pages.'}
      </p>
      <ul class="ways">
        {links.archives !== null && (
          <>
            <li>
              <a href={links.archives.site} download>
                Download these pages (.zip)
              </a>
            </li>
            <li>
              <a href={links.archives.set} download>
                Markdown and data (.zip)
              </a>
            </li>
          </>
        )}
        {(manifest.sources?.files ?? 0) > 0 && (
          <li>
            <a href={links.files}>Files of the repository</a>
          </li>
        )}
        {links.llms !== null && (
          <li>
            <a href={links.llms}>llms.txt</a>
          </li>
        )}
        {links.api !== null && (
          <li>
            <a href={links.api}>HTTP interface</a>
          </li>
        )}
        <li class="js-only">
          <button class="link-button" type="button" data-keys>
            Keyboard
          </button>
        </li>
      </ul>
    </footer>
  )
}
