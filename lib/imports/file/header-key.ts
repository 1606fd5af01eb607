/**
 * Letters and digits of a header in lower case, without what stands in brackets ("First Name [Required]") and without the
 * object that an export names before the field ("user.email", "profile.lastName").
 */
export function headerKey(header: string): string {
  const bare = header.replace(/\[[^\]]{0,100}\]|\([^)]{0,100}\)/g, " ").replace(/\brequired\b/gi, " ");
  return bare
    .trim()
    .replace(/^(?:user|profile)\./i, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
