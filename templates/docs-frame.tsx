/** The frame of all pages of a set, including the search results and source files: the tree of pages and the search box. */

import type { Child } from 'hono/jsx'
import { memoized } from '#base/memoize.ts'
import type { Manifest, TreeNode } from '#store/model.ts'
import { Dialogs } from './dialogs.tsx'
import { shortCommit } from './format.ts'
import { Frame, MAIN } from './layout.tsx'
import type { DocsLinks } from './links.ts'
import { SearchBox } from './search-box.tsx'
import { Sidebar, treeHtml } from './sidebar.tsx'

export interface SetProps {
  manifest: Manifest
  links: DocsLinks
  /** A Content-Security-Policy for pages opened from a folder. */
  policy?: string
}

/** Added to the tree of a set, which contains only modules. */
export const OVERVIEW: TreeNode = { title: 'Overview', file: 'overview.md', children: [] }

/** The tree of the sidebar: the same object for all pages of a set. */
export const treeOf = memoized((manifest: Manifest): TreeNode[] => [OVERVIEW, ...manifest.tree])

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
