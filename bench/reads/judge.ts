/** What a judge says of one read. */

export interface JudgedRead {
  file: string
  line: number
  name: string
  default: string | null
  /** By a function of the repository. */
  isCall?: boolean
}
