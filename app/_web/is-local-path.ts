/** A path of this site: "//host" and "/\host" lead elsewhere in a browser. */
export const isLocalPath = (path: string): boolean => /^\/(?![/\\])[^\s\\]*$/.test(path);
