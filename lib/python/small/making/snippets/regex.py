import re
text = "Invoice #4821 dated 2024-03-15: total $1,249.50 (tax $99.96), due 2024-04-14."
print(re.findall(r"\$([\d,]+\.\d\d)", text))
print([m.group() for m in re.finditer(r"\d{4}-\d{2}-\d{2}", text)])
amounts = [float(a.replace(",", "")) for a in re.findall(r"\$([\d,]+\.\d\d)", text)]
print(sum(amounts), re.sub(r"#(\d+)", r"No. \1", text)[:20])
