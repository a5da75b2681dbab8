/**
 * The tree of pages beside a document; a drawer on narrow screens. Expanding folders and the drawer work without JavaScript;
 * the filter, and remembering expanded folders, need it.
 */

import { raw } from 'hono/html'
import type { TreeNode } from '#store/model.ts'
import type { DocsLinks } from './links.ts'
import { type OutlineItem, outlineOf } from './sidebar-outline.ts'

export interface SidebarProps {
  /** The output of `treeHtml`. */
  tree: string
  /** The key by which a browser remembers expanded folders. */
  setKey: string
}

export function Sidebar({ tree, setKey }: SidebarProps) {
  return (
    <nav class="pages" aria-label="Pages">
      <input class="unseen drawer-switch" type="checkbox" id="Drawer" aria-label="Show the list of pages" />
      <label class="button drawer-button" for="Drawer" aria-hidden="true">
        Pages
      </label>
      <label class="drawer-shade" for="Drawer" aria-hidden="true">
        Hide the pages
      </label>
      <div class="sidebar" data-tree={setKey}>
        <div class="filter js-only" hidden data-filter>
          <label class="unseen" for="Filter">
            Filter the pages
          </label>
          <input id="Filter" type="search" placeholder="Filter pages" autocomplete="off" spellcheck={false} />
        </div>
        {raw(tree)}
        <p class="quiet" data-no-match hidden>
          No page matches.
        </p>
      </div>
    </nav>
  )
}

/** A tree without a current page, cached because rendering it takes longer than the rest of a page. */
export interface ClosedTree {
  /** `null` if it is too large to be shown completely. */
  html: string | null
  bytes: Uint8Array
}

/** Keyed by tree and by the first URL in it, because several jobs may share a set. */
const closedTrees = new WeakMap<readonly TreeNode[], Map<string, ClosedTree>>()
const MAX_ADDRESSES = 8

/** The part of the tree that all pages of a set share; cached. */
export function closedTree(links: DocsLinks, tree: readonly TreeNode[]): ClosedTree {
  const first = links.page('overview.md')
  const ofTree = closedTrees.get(tree) ?? new Map<string, ClosedTree>()
  const known = ofTree.get(first)
  if (known !== undefined) return known
  const items = outlineOf(tree, '')
  const isWhole = items.every((item) => item.hidden === 0)
  const html = isWhole ? String(<Level links={links} items={items} />) : null
  const closed = { html, bytes: new TextEncoder().encode(html ?? '') }
  if (ofTree.size >= MAX_ADDRESSES) ofTree.clear()
  closedTrees.set(tree, ofTree.set(first, closed))
  return closed
}

/** The tree as HTML, with the ancestors of the current page open. */
export function treeHtml(links: DocsLinks, tree: readonly TreeNode[], currentFile: string): string {
  const outline = outlineOf(tree, currentFile)
  const closed = closedTree(links, tree)
  if (closed.html === null) return String(<Level links={links} items={outline} />)
  let html = closed.html
  let level = outline
  for (let open = level.find((item) => item.isOpen); open !== undefined; open = level.find((item) => item.isOpen)) {
    const { file, key, isCurrent, children } = open
    if (isCurrent && file !== null) {
      const href = links.page(file)
      html = swap(
        html,
        <a href={href}>.</a>,
        <a href={href} aria-current="page">
          .
        </a>,
      )
    }
    if (children.length > 0) {
      const kind = file === null ? 'folder' : undefined
      html = swap(
        html,
        <details class={kind} data-page={key}>
          .
        </details>,
        <details class={kind} data-page={key} open>
          .
        </details>,
      )
    }
    level = children
  }
  return html
}

/** Replace the opening tag of one element with that of another. */
function swap(html: string, before: unknown, after: unknown): string {
  const begin = (element: unknown): string => String(element).replace(/\.<\/[a-z]+>$/, '')
  return html.replace(begin(before), () => begin(after))
}

/**
 * The tree on pages of source files: only the top level and the ancestors of the page that documents the file, because there are
 * many such pages.
 */
export const ancestorsHtml = (links: DocsLinks, tree: readonly TreeNode[], homeFile: string): string =>
  String(<Level links={links} items={outlineOf(tree, homeFile, 0)} current="location" />)

interface LevelProps {
  links: DocsLinks
  items: readonly OutlineItem[]
  current?: 'page' | 'location'
}

/** Recursive; `outlineOf` limits the depth. */
function Level({ links, items, current = 'page' }: LevelProps) {
  return (
    <ul class="tree">
      {items.map((item) =>
        item.file === null && item.children.length > 0 ? (
          <li>
            <details class="folder" data-page={item.key} open={item.isOpen}>
              <summary>{item.title}</summary>
              <Level links={links} items={item.children} current={current} />
            </details>
          </li>
        ) : (
          <li class={item.hidden > 0 ? 'has-more' : undefined}>
            <a href={links.page(item.home)} aria-current={item.isCurrent ? current : undefined}>
              {item.title}
            </a>
            {item.children.length > 0 && (
              <details data-page={item.key} open={item.isOpen}>
                <summary aria-label={`Pages below ${item.title}`}></summary>
                <Level links={links} items={item.children} current={current} />
              </details>
            )}
            {item.hidden > 0 && (
              <span class="tree-more">
                {item.hidden}
                <span class="unseen">{item.hidden === 1 ? ' page not shown' : ' pages not shown'}</span>
              </span>
            )}
          </li>
        ),
      )}
    </ul>
  )
}
