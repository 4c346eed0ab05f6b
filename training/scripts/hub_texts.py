"""Texts for tokenizers to disagree about, and a little prose for small ones to be trained on."""

TEXTS = [
    "", " ", "  ", "\n", "\t\n \n", "What does the tag on the dog say?", "Is it K7 or K-7?", "1234567890", "3.14159 and 2,718,281",
    "٣ cats and ١٢٣ dogs", "½ cup, ² squared, Ⅷ, ①②③", "１２３ wide digits", "zero-width\u200bspace", "\ufeffwith a mark before",
    "in the mid\ufeffdle", "a\u00a0hard\u00a0space", "a\u0085next line", "an\u2028other\u2029line", "tabs\tand\t\ttabs", "trailing   ",
    "   leading", "line\r\nbreaks\r\n\r\nhere", "many\n\n\n\nlines", "日本語のテキストです。", "中文，没有空格。", "한국어 문장입니다.",
    "ไทยไม่มีช่องว่าง", "हिन्दी में मात्राएँ", "العربية من اليمين", "עברית", "Ελληνικά και Кириллица", "naïve café, fiancée", "nai\u0308ve cafe\u0301",
    "Å Å Ω", "ﬁne ﬂuff", "😀 one, 😀😀 two", "👩‍👩‍👧‍👦 family", "🏳️‍🌈 and 🇩🇪", "👍🏽 skin", "❤️ vs ❤", "don't, won't, it's, I'LL, WE'VE", "’s curly’s",
    "<|im_end|>", "<|im_start|>user\nHi<|im_end|>\n", "<|im_end|", "< |im_end|>", "<|im_<|im_end|>end|>", "<image>", "<image", "<|image_pad|><|image_pad|>",
    "<think>no</think>", "<tool_call>{\"name\": 1}</tool_call>", "<|turn>user\nx<turn|>", "<tool_call|><|\"|>", "▁already▁there", "snake_case and kebab-case",
    "https://example.org/a?b=1&c=%20#d", "if (a < b && c >= d) { return \"e\"; }", "x² + y² = z²; ∑ᵢ aᵢ ≤ ∞", "ZWJ\u200dand\u200cnon",
]

CORPUS = [
    "The picture shows a dog beside a small tag on which a number is written, and a hat that lies on the table.",
    "What does the tag say? It says K7. Is there a cat in the picture? No, there is none; there are three birds.",
    "The region is cut out of the picture and shown enlarged, so that what is written there can be read.",
    "Which is larger, the number on the left tag or the one on the right? The right one: 85 is more than 12.",
    "I look closer at the box in the middle of the picture. There the letters are large enough to read them.",
    "Answer the question in one word. The answer is red. The answer is blue. The answer is on the other side.",
]

assert len(TEXTS) == 60, len(TEXTS)
