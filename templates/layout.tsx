/** What every page has around it: the head, the bar on top, the skip link. */

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

export interface PageProps {
  /** The hash of an asset by its name, for `?v=`; it changes with the bytes. */
  asset: (name: string) => string
}

export interface LayoutProps extends PageProps {
  title: string
  description: string
  /** Names of the page's own style sheets and module scripts, beside those of every page. */
  styles?: string[]
  scripts?: string[]
  /** Without JavaScript, load the page again after so many seconds. */
  refreshSeconds?: number | undefined
  /** Class of the body. */
  kind: string
  /** Between the name and the theme switch. */
  bar?: Child
  children: Child
}

/** The id of the main part. A capital letter: no heading of a document can have it. */
export const MAIN = 'Main'

export function Layout({
  title,
  description,
  asset,
  styles = [],
  scripts = [],
  refreshSeconds,
  kind,
  bar,
  children,
}: LayoutProps) {
  const href = (name: string) => `/assets/${name}?v=${asset(name)}`
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          <meta name="description" content={description} />
          <link rel="icon" type="image/svg+xml" href={href('favicon.svg')} />
          {['docspool.css', ...styles].map((name) => (
            <link rel="stylesheet" href={href(name)} />
          ))}
          <script src={href('theme.js')}></script>
          {['docspool.js', ...scripts].map((name) => (
            <script type="module" src={href(name)}></script>
          ))}
          {refreshSeconds !== undefined && (
            <noscript>
              <meta http-equiv="refresh" content={String(refreshSeconds)} />
            </noscript>
          )}
        </head>
        <body class={kind}>
          <a class="skip" href={`#${MAIN}`}>
            Skip to the content
          </a>
          <header class="bar">
            <a class="brand" href="/">
              <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
                <rect class="brand-disc" width="32" height="32" rx="8" />
                <path class="brand-lines" d="M8 9h16M8 16h16M8 23h9" />
              </svg>
              docspool
            </a>
            <div class="bar-middle">{bar}</div>
            <button class="theme" type="button" data-theme-switch hidden>
              Theme
            </button>
          </header>
          {children}
        </body>
      </html>
    </>
  )
}
