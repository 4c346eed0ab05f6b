import json, textwrap
data = json.loads('{"title": "Café menu", "items": [{"name": "tea", "price": 2.5}, {"name": "cake", "price": 4}]}')
print(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True))
print(textwrap.fill("The quick brown fox jumps over the lazy dog", 18))
print("naïve".upper(), "中文".encode().hex(), f"{1234567.891:,.2f}", "a-b-c".split("-"))
