import { importFields } from "./fields.ts";

/** The file that **Download template** gives: the header and one example row. With a byte order mark, for Excel. */
export function templateFile(domain: string): { name: string; contentType: string; text: string } {
  const example: Partial<Record<(typeof importFields)[number]["name"], string>> = {
    email: `jane.doe@${domain}`,
    first_name: "Jane",
    last_name: "Doe",
    title: "Engineer",
    department: "Research",
    user_status: "New",
  };
  const rows = [importFields.map(({ label }) => label), importFields.map(({ name }) => example[name] ?? "")];
  const text = rows.map((cells) => `${cells.join(",")}\r\n`).join("");
  return {
    name: "rollcall-import-template.csv",
    contentType: "text/csv; charset=utf-8",
    text: `\ufeff${text}`,
  };
}
