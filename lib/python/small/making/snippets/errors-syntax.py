for i in range(3)
    print(i)
# ---
def f():
return 1
# ---
print("unclosed
# ---
print('fine')
