/** Finds text in the ids of jobs. */

/** Digests in an id, with their prefix. Short texts are not searched for in them. */
const DIGEST = /(~|@\w{1,24}\.)[0-9a-f]{10,32}/g
const LONG = /[0-9a-f]{10}/

/** Whether the id contains the text (lower case). Digests count only when the text is long enough to be part of one. */
export function hasText(jobId: string, text: string): boolean {
  const id = jobId.toLowerCase()
  return id.includes(text) && (LONG.test(text) || id.replace(DIGEST, '$1').includes(text))
}
