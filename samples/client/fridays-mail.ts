import { MaySend } from "maysend-client";
import { createTransport } from "nodemailer";

// Friday's mail: asks for each person on the command line, and sends what may go with its own way out.
const maysend = new MaySend(process.env.MAYSEND_SERVER!, process.env.MAYSEND_KEY!);
const mail = createTransport(process.env.SMTP_SERVER!);
for await (const answer of maysend.askMany(process.argv.slice(2), "spring-2026")) {
  if (!answer.send) {
    console.log(`${answer.address}: no, ${answer.failure ?? answer.reason}`);
    continue;
  }
  const link = await maysend.link(answer.address, { sender: "lantern-ltd", campaign: "spring-2026" });
  const subject = "Candles for spring";
  const text = `...\n\nNo more offers: ${link.url}\n`;
  await mail.sendMail({ from: "offers@lantern.example", to: answer.address, subject, text, headers: link.headers });
  console.log(`${answer.address}: sent`);
}
