from datetime import date, datetime, timedelta
import calendar
a, b = date(2024, 2, 27), date(2024, 3, 15)
print((b - a).days, a + timedelta(days=3), a.strftime("%A, %d %B %Y"))
print(datetime.strptime("15/03/2024 18:45", "%d/%m/%Y %H:%M").isoformat(), calendar.isleap(2100))
print(calendar.month(2024, 2))
