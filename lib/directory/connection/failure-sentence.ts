import type { DirectoryFailure, Reason } from "../ldap/failure.ts";

const sentences: Record<Reason, string> = {
  unreachable:
    "The server cannot be reached. Check host name and port, and that the network lets Rollcall through to it.",
  untrusted_certificate:
    "The server's certificate is not trusted. Paste the certificate of the authority that signed it, and use the host name that stands in it.",
  tls_refused: "The server does not speak TLS as asked for. Check the port and the choice under Security.",
  not_ldap: "What answers there is no LDAP server. Check the port.",
  wrong_credentials: "The server refuses this User ID with this password. Type both again.",
  strong_authentication_required: "The server demands an encrypted connection. Choose LDAPS or StartTLS.",
  no_such_base: "The Base DN does not exist on this server. Check it letter by letter.",
  not_permitted:
    "The User ID may not read there. Give it the right to read people and units below the Base DN.",
  size_limit:
    'The server gives this User ID only some of the entries (size limit). Lift the limit for it; for OpenLDAP: limits dn.exact="…" size=unlimited.',
  time_limit: "The server broke off because its time limit was over. Lift the limit for this User ID.",
  admin_limit: "The server broke off because of a limit of its administrators. Lift it for this User ID.",
  busy: "The server is too busy, or not available. Try again later.",
  timed_out: "The server took too long to answer. Try again later.",
  line_dropped:
    "The connection broke off in the middle. Try again; if it goes on, look at the network between.",
  entry_too_large:
    "The server sent an entry of more than 16 MB. Leave that entry out with an inclusion rule.",
  too_many_empty_pages: "The server sends one empty page after the other. Its paging does not work.",
  repeated_pages: "The server sends a page that it has sent before. Its paging does not work.",
  not_signed_in: "The server has forgotten who asks. Try again.",
  bad_filter: "The inclusion rule is no LDAP filter that the server understands.",
  control_refused: "The server does not give its entries page by page. Rollcall needs paging (RFC 2696).",
  refused: "The server refused to answer.",
};

const brokenAnswer =
  "The server's answer broke off into something that is no LDAP. Try again; if it goes on, look at what stands between.";

const droppedEarly =
  "The server closed the connection before anybody had signed in. Check the port and the choice under Security.";

/** What went wrong with the directory, and what to do, for whoever set it up. */
export function failureSentence({ step, reason, code }: DirectoryFailure): string {
  // Whoever let somebody sign in is a server of directories, and speaks as was asked for.
  if (reason === "not_ldap" && step === "search") return brokenAnswer;
  if (reason === "line_dropped" && step !== "search") return droppedEarly;
  return `${sentences[reason]}${reason === "refused" && code !== null ? ` Its code is ${code}.` : ""}`;
}
