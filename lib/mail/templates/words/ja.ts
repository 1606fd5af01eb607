import type { MailWords } from "./mail-words.ts";

export const ja: MailWords = {
  letters: {
    invitation: {
      subject: "{{inviterName}} より {{accountName}} への招待が届いています",
      preview: "{{accountName}} への招待の有効期限は {{expires}} です。",
      heading: "{{accountName}} への招待",
      body: ["{{inviterName}} より、{{recipient}} 宛てに {{accountName}} への招待が届いています。"],
      button: "招待を受ける",
      note: "この招待は {{expires}} まで有効で、ご本人専用です。",
      footer:
        "{{accountName}} の管理者がこのアドレスを登録したため、{{recipient}} 宛てにお送りしています。お心当たりのない場合は、何もなさる必要はありません。ボタンを押さない限り、何も起こりません。",
    },
    reminder: {
      subject: "【リマインダー】{{inviterName}} より {{accountName}} への招待が届いています",
      preview: "{{accountName}} への招待は {{expires}} まで有効です。",
      heading: "{{accountName}} への招待をまだお受けいただけます",
      body: ["{{inviterName}} より、{{recipient}} 宛てに {{accountName}} への招待をお送りしています。"],
      button: "招待を受ける",
      note: "この招待は {{expires}} まで有効で、ご本人専用です。再度のお知らせはこのメールのみです。",
      footer:
        "{{accountName}} の管理者がこのアドレスを登録したため、{{recipient}} 宛てにお送りしています。参加を希望されない場合は、何もなさる必要はありません。ボタンを押さない限り、何も起こりません。",
    },
    sign_in_link: {
      subject: "サインイン用リンクのお知らせ",
      preview: "このリンクは {{expires}} まで、一度だけ使えます。",
      heading: "{{accountName}} にサインイン",
      body: ["{{recipient}} としてサインインするためのリンクをお送りします。"],
      button: "サインイン",
      note: "このリンクは {{expires}} まで、一度だけ使えます。ほかの方には渡さないでください。",
      footer:
        "このアドレスでサインインの申し込みがあったため、{{recipient}} 宛てにお送りしています。お心当たりのない場合は、何もなさる必要はありません。このリンクなしでサインインされることはありません。",
    },
    address_proof: {
      subject: "{{accountName}}：メールアドレスの確認をお願いします",
      preview: "このリンクは {{expires}} まで、一度だけ使えます。",
      heading: "メールアドレスの確認",
      body: [
        "{{recipient}} のアドレスで {{accountName}} に参加されました。ご自身のアドレスであることを確認していただくと、先へ進めます。",
      ],
      button: "アドレスを確認する",
      note: "このリンクは {{expires}} まで、一度だけ使えます。ほかの方には渡さないでください。",
      footer:
        "このアドレスで {{accountName}} への参加があったため、{{recipient}} 宛てにお送りしています。お心当たりのない場合は、何もなさる必要はありません。アドレスは未確認のままになります。",
    },
    account_activated: {
      subject: "{{accountName}} を再びご利用いただけます",
      preview: "{{accountName}} に再びサインインできます。",
      heading: "{{accountName}} へおかえりなさい",
      body: ["停止されていた {{accountName}} のご利用が再開されました。"],
      button: "サインイン",
      note: null,
      footer: "{{accountName}} の管理者がご利用を再開したため、{{recipient}} 宛てにお送りしています。",
    },
    run_ended: {
      subject: "{{what}}{{ending}}",
      preview: "{{counts}}",
      heading: "{{what}}{{ending}}",
      body: ["{{counts}}"],
      button: "レポートを開く",
      note: "レポートでは、すべての行の結果と理由をご覧いただけます。",
      footer:
        "{{accountName}} でのこの処理の終了通知を希望されたため、{{recipient}} 宛てにお送りしています。",
    },
    removals_waiting: {
      subject: "{{accountName}}：{{people}}の利用停止が承認を待っています",
      preview: "管理者のどなたかが決定するまで、誰も停止されません。",
      heading: "{{people}}が利用停止の対象です",
      body: [
        "{{askedBy}} が実行した {{what}} により、確認なしに停止できる人数を超える利用停止が予定されています。そのほかの処理は完了し、利用停止だけが承認を待っています。",
      ],
      button: "内容を確認して決定する",
      note: "承認すると、予定どおりの利用停止だけが実行されます。破棄すると、全員がそのまま残ります。",
      footer:
        "{{accountName}} の管理者であるため、{{recipient}} 宛てにお送りしています。決定されない限り、誰も停止されません。",
    },
    mail_stopped: {
      subject: "{{accountName}}：メールの送信を停止しました",
      preview: "失われたメールはありません。送信を再開するまで保留されます。",
      heading: "{{accountName}} のメール送信を停止しました",
      body: [
        "{{why}}今後もメールが確実に届くよう、サインイン用リンクを除くすべてのメールを保留しています。",
        "失われたメールはありません。まず宛先を確認し、そのうえで送信を再開してください。",
      ],
      button: "概要を開く",
      note: null,
      footer: "{{accountName}} の管理者であるため、{{recipient}} 宛てにお送りしています。",
    },
    sync_failed: {
      subject: "{{accountName}}：ディレクトリ同期に失敗しました",
      preview: "この失敗によって停止された人はいません。理由はレポートでご確認ください。",
      heading: "ディレクトリ同期に失敗しました",
      body: [
        "{{askedBy}} によるディレクトリ同期は完了しませんでした。この失敗によって停止された人はいませんが、次の同期が完了するまで、入社や退職は反映されません。",
      ],
      button: "レポートを開く",
      note: "理由と対処方法はレポートに記載されています。",
      footer:
        "{{accountName}} のディレクトリ同期について決定できる方として、{{recipient}} 宛てにお送りしています。同期は予定どおり再度実行されます。",
    },
    sync_overdue: {
      subject: "{{accountName}}：ディレクトリ同期が{{days}}間完了していません",
      preview: "同期が完了するまで、入社や退職は反映されません。",
      heading: "ディレクトリ同期が{{days}}間完了していません",
      body: [
        "{{days}}間、ディレクトリ同期が完了していません。同期が完了するまで、退職した人も引き続きアクセスできます。",
      ],
      button: "ディレクトリ同期を開く",
      note: "次に同期が完了するまで、このお知らせは一度だけお送りします。",
      footer:
        "{{accountName}} のディレクトリ同期について決定できる方として、{{recipient}} 宛てにお送りしています。",
    },
  },
  purpose: {
    invitation: "ボタンを押してお名前を確認していただくと、すぐにご利用いただけます。",
    reminder:
      "まだご参加いただいていません。ボタンを押してお名前を確認していただくと、すぐにご利用いただけます。",
  },
  quoted: "{{inviterName}} からのメッセージ：",
  anAdministrator: "管理者",
  stopped: {
    bounces: "最近のメールのうち、宛先に届かず戻ってきたものが多すぎます。",
    complaints: "最近のメールのうち、迷惑メールとして報告されたものが多すぎます。",
    other: "最近のメールのうち、戻ってきたもの、または迷惑メールとして報告されたものが多すぎます。",
  },
  run: {
    work: {
      import: { of: (file) => `${file} のインポート`, alone: "インポート" },
      bulk_invite: { of: (file) => `${file} の一括招待`, alone: "一括招待" },
      bulk_change: { of: (file) => `${file} の一括変更`, alone: "一括変更" },
      directory_sync: { of: () => "ディレクトリ同期", alone: "ディレクトリ同期" },
      undo: { of: (file) => `${file} のインポートの取り消し`, alone: "インポートの取り消し" },
    },
    endings: { completed: "が完了しました", failed: "に失敗しました", cancelled: "が中止されました" },
    lines: (n) => `${n}行`,
    counts: {
      created: (n) => `新規${n}件`,
      updated: (n) => `更新${n}件`,
      deleted: (n) => `削除${n}件`,
      activated: (n) => `有効化${n}件`,
      unchanged: (n) => `変更なし${n}件`,
      skipped: (n) => `スキップ${n}件`,
      failed: (n) => `失敗${n}件`,
    },
    nothing: "変更はありません",
    sentence: (lines, counts) => `${lines === null ? "" : `${lines}：`}${counts.join("、")}。`,
    people: (n) => `${n}名`,
    days: (n) => `${n}日`,
    bySchedule: "スケジュール",
    cutShort: "それまでに行われた変更は残ります。どこまで進んだかはレポートでご確認ください。",
    heldBack: (n) => `利用停止の対象は${n}名で、承認なしに実行できる人数を超えています。`,
    mendable: "失敗した行は、レポートから修正できます。",
    gap: "",
  },
};
